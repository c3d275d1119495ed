/* Every ceiling on a size that somebody else's bytes can drive, in one list.
 *
 * Out of memory aborts the program, so nothing may grow without a name here. Reaching a ceiling
 * yields SK_E_LIMIT with the name of what was too large; it never truncates in silence. */
#ifndef SK_BASE_LIMITS_H
#define SK_BASE_LIMITS_H

#define SK_KIB(n) ((size_t)(n) << 10)
#define SK_MIB(n) ((size_t)(n) << 20)
#define SK_GIB(n) ((size_t)(n) << 30)

/* archive/ */
#define SK_LIM_NOTE_BYTES       SK_MIB(1)   /* one signed entry                                */
#define SK_LIM_NOTE_LINE_BYTES  SK_KIB(64)  /* one line of an entry                            */
#define SK_LIM_NOTE_SIGS        16          /* signature lines of a note                       */
#define SK_LIM_CHECKPOINT_BYTES SK_KIB(64)  /* one checkpoint file                             */
#define SK_LIM_PROOF_HASHES     64          /* hashes of an inclusion or consistency proof     */
#define SK_LIM_SEGMENT_BYTES    SK_MIB(256) /* a segment is closed once it is this large       */
#define SK_LIM_DEVICES          4096        /* logs of one archive                             */
#define SK_LIM_LEAVES           0xfffffffeu /* leaves of one archive, all logs together        */
#define SK_LIM_FRAME_BYTES      (SK_LIM_NOTE_BYTES + SK_KIB(64)) /* body of one frame, encrypted too */
#define SK_LIM_GROUP_BYTES      SK_MIB(256) /* entries appended before a commit                */
#define SK_LIM_BLOB_GROUP       4096        /* blobs written before they are synced together   */
#define SK_LIM_UNSIGNED_LEAVES  65536       /* leaves after the checkpoint before a new one    */
#define SK_LIM_SEGMENTS         99999999    /* segment files: their names have eight digits    */
#define SK_LIM_KEYS_BYTES       SK_MIB(4)   /* keys/known                                      */
#define SK_LIM_NAMES            10000000    /* names in one directory of an archive            */

/* name/ */
#define SK_LIM_NAME_BYTES SK_KIB(4) /* one name; the rest is cut, and said */

/* record/ */
#define SK_LIM_KEY_BYTES   200        /* an entity's key                                 */
#define SK_LIM_VALUE_BYTES SK_KIB(60) /* a claim's value or quoted words                 */
#define SK_LIM_CHAIN       16         /* claimants in one chain                          */
#define SK_LIM_TYPES       256        /* types of entity in the model                    */
#define SK_LIM_MODEL_BYTES SK_MIB(1)  /* the model file                                  */
#define SK_LIM_QUERY_BYTES SK_KIB(4)  /* a search query                                  */
#define SK_LIM_QUERY_TERMS 64         /* words in one query                              */
#define SK_LIM_QUERY_DEPTH 32         /* parentheses and NOTs within one another        */
#define SK_LIM_HIGHLIGHTS  100000     /* places shown as matching in one text            */

/* read/ and extract/ */
#define SK_LIM_TEXT_BYTES          SK_MIB(64) /* text extracted from one exhibit                 */
#define SK_LIM_BLOCKS              1000000    /* blocks of one document                          */
#define SK_LIM_EXTRACT_SECONDS     60         /* processor time of one extraction                */
#define SK_LIM_EXTRACT_MEMORY      SK_MIB(1024) /* address space of the extractor                  */
#define SK_LIM_EXTRACT_BYTES       SK_MIB(256) /* bytes of a text, page or mail that are looked at */
#define SK_LIM_EXTRACT_PART        SK_MIB(256) /* one unpacked part of a document that is a zip   */
#define SK_LIM_EXTRACT_ENTRIES     20000       /* parts of such a zip                             */
#define SK_LIM_EXTRACT_SHEETS      1000        /* sheets of a workbook                            */
#define SK_LIM_EXTRACT_STRINGS     4000000     /* shared strings of a workbook                    */
#define SK_LIM_EXTRACT_DEPTH       10000       /* elements of a page open within one another      */
#define SK_LIM_EXTRACT_MAIL_DEPTH  16          /* mail parts within one another                   */
#define SK_LIM_EXTRACT_MAIL_PARTS  10000       /* parts of one mail                               */
#define SK_LIM_EXTRACT_DATES       64          /* dates a document states about itself            */
#define SK_LIM_EXTRACT_LINKS       20000       /* links of one document                           */
#define SK_LIM_EXTRACT_LINK_BYTES  SK_KIB(4)   /* one link                                       */
#define SK_LIM_EXTRACT_FIELD_BYTES SK_KIB(8)   /* title, note, and the like                     */
#define SK_LIM_EXTRACT_PLACE_BYTES 512         /* the place of a block: "Sheet1!A7"               */
#define SK_LIM_EXTRACT_REPLY       SK_MIB(320) /* everything one worker sends back                */

#define SK_LIM_LEXICON_BYTES      SK_MIB(32) /* word lists, compiled or as text                   */
#define SK_LIM_SENTENCE_TOKENS    400        /* tokens of one sentence; a longer one is cut       */
#define SK_LIM_READ_ENTITIES      200000     /* people, states, groups found in one text          */
#define SK_LIM_READ_SLOTS         64         /* actors, targets, places or goods of one act       */
#define SK_LIM_READ_EVENTS        1000000    /* suggestions of any one kind from one text         */
#define SK_LIM_MODEL_SECONDS      120        /* one question to a local model                    */
#define SK_LIM_MODEL_REPLY        SK_MIB(1)  /* its reply                                        */
#define SK_LIM_SUGGEST_TEXT_BYTES SK_MIB(4)  /* text of one exhibit that is read for suggestions */
#define SK_LIM_SUGGEST_PROPOSALS  64         /* claims that one suggestion would become           */
#define SK_LIM_SUGGEST_PART_BYTES 1000       /* a name, or the words of one slot                  */
#define SK_LIM_SUGGEST_BYTES      SK_KIB(256) /* one suggestion, stored                            */
#define SK_LIM_REJECTED           500 /* suggestions that one entry rejects                */

/* confine/, extract/: rows of tables */
#define SK_LIM_CELL_BYTES       SK_MIB(1)  /* the text of one cell                            */
#define SK_LIM_ROW_CELLS        65536      /* cells of one row or record                      */
#define SK_LIM_ROW_BYTES        SK_MIB(16) /* one row with all its cells and their names      */
#define SK_LIM_CELL_NAME_BYTES  SK_KIB(4)  /* name of a cell: the path of an XML element      */
#define SK_LIM_SHEET_ROWS       1048576    /* rows of a sheet, as spreadsheets have it        */
#define SK_LIM_SHEET_COLUMNS    16384      /* columns of a sheet, likewise                    */
#define SK_LIM_SHEET_CELL       32767      /* UTF-16 units of one cell of a sheet we write   */
#define SK_LIM_SHEETS           255        /* sheets of a workbook that we write              */
#define SK_LIM_ROWS_PART        SK_GIB(4)  /* a sheet's XML, unpacked; it is not held         */
#define SK_LIM_XML_DEPTH        128        /* elements of a list within one another           */
#define SK_LIM_ROWS_SECONDS     60         /* processor time for a small table ...            */
#define SK_LIM_ROWS_MIB_SECONDS 4          /* ... and so much more for each MiB of the file   */

/* exchange/ */
#define SK_LIM_CSV_FIELD_BYTES  SK_MIB(1)   /* one cell                                        */
#define SK_LIM_CSV_COLUMNS      4096        /* cells of one row                                */
#define SK_LIM_CSV_ROW_BYTES    SK_MIB(16)  /* one row with all its cells                      */
#define SK_LIM_JSON_LINE_BYTES  SK_MIB(16)  /* one line of a JSON-lines file                   */
#define SK_LIM_IMPORT_FILES     32          /* files of one import                              */
#define SK_LIM_MAPPING_BYTES    SK_KIB(256) /* text of a mapping file                            */
#define SK_LIM_IMPORT_FINDINGS  1000 /* findings of an import that are listed, not only counted */
#define SK_LIM_MINED            4096 /* numbers and names found in one free text        */
#define SK_LIM_LIST_ENTRIES     4000000    /* entries of an OFAC list, held as a map          */
#define SK_LIM_LIST_CONTINUED   SK_MIB(64) /* remarks of such a list that go on elsewhere     */
#define SK_LIM_CLAIM_LINE_BYTES SK_MIB(2)  /* one line of a JSON-lines claim file             */
#define SK_LIM_CLAIM_FAULTS     1000       /* faults of a claim file that are listed          */
#define SK_LIM_CLAIM_COLUMNS    4096       /* different columns or keys of one claim file     */
#define SK_LIM_FTM_NAMES        4096 /* unknown names of a FollowTheMoney file that are told */
#define SK_LIM_FTM_DEPTH        8    /* entities nested within one another              */
#define SK_LIM_CLAIM_PASSAGES   99   /* passages of one claim                           */
#define SK_LIM_MAPPING_PARTS    64   /* entities, or lists of values, of one mapping    */
#define SK_LIM_MAPPING_VALUES   4096 /* words of one list of values                     */
#define SK_LIM_SHEET_HEADINGS   SK_KIB(256) /* headings of one sheet, all together            */
#define SK_LIM_DRAFT_ROWS       500         /* rows that a drafted mapping looks at            */
#define SK_LIM_KEYS_SEEN        10000000    /* keys remembered to find the same one twice      */
#define SK_LIM_GEOJSON_FEATURE  SK_MIB(16)  /* one feature of a GeoJSON file                   */

/* count/ */
#define SK_LIM_TIMELINE_HULLS 64    /* hulls that hang together in one timeline            */
#define SK_LIM_RULES_GOODS    64    /* goods or codes that one rule names                  */
#define SK_LIM_NETWORK_NODES  1500  /* entities of one network                            */
#define SK_LIM_NETWORK_READS  4000  /* acts, interests and neighbours that it looks at    */
#define SK_LIM_CHRONOLOGY     300   /* dated items of one chronology                      */
#define SK_LIM_TABLE_ACTS     20000 /* acts that one table counts                        */

/* screen/ */
#define SK_LIM_SCREEN_PART      SK_GIB(8) /* one part of a segment of the screening index     */
#define SK_LIM_SCREEN_SCOPES    60000     /* combinations of list copies and restriction sets */
#define SK_LIM_SCREEN_LOGGED    500       /* queries that one entry of the log speaks of         */
#define SK_LIM_SCREEN_RESULTS   500       /* results of one query                             */
#define SK_LIM_SCREEN_COLUMNS   4096      /* columns of a table that is screened              */
#define SK_LIM_ASKED_TEXT_BYTES SK_MIB(8) /* text of names that somebody pasted              */

/* web/ */
#define SK_LIM_HTTP_TARGET_BYTES SK_KIB(8)   /* path and query of one request                    */
#define SK_LIM_HTTP_HEADER_BYTES SK_KIB(32)  /* all that is read of a request before its body    */
#define SK_LIM_HTTP_SEGMENTS     12          /* parts of a path between slashes                  */
#define SK_LIM_HTTP_PARAMS       64          /* names and values of one query or form            */
#define SK_LIM_HTTP_FORM_BYTES   SK_KIB(256) /* body of a form                                   */
#define SK_LIM_HTTP_UPLOAD_BYTES SK_MIB(256) /* body of a form that carries files                */
#define SK_LIM_HTTP_LOGIN_BYTES  SK_KIB(16)  /* body of a form from nobody who is let in          */
#define SK_LIM_HTTP_BODIES_BYTES SK_MIB(512) /* bodies of all requests of one door together      */
#define SK_LIM_HTTP_PARTS        64          /* parts of such a form                             */
#define SK_LIM_HTTP_CONNECTIONS  2000        /* open at once                                     */
#define SK_LIM_HTTP_WAIT_SECONDS 30          /* until the head of a request is whole             */
#define SK_LIM_HTTP_BODY_SECONDS 600         /* until its body is                                */
#define SK_LIM_HTTP_IDS          16          /* that one line of the access log names            */
#define SK_LIM_HTTP_VERIFY_MS    60000       /* that one request may read files to verify them   */
#define SK_LIM_SESSIONS          1024        /* people and programs that are let in at once      */
#define SK_LIM_ACCOUNTS          1024        /* of a shared archive                              */
#define SK_LIM_SCREEN_JOBS       32          /* screenings that are kept to be looked at         */
#define SK_LIM_SCREEN_JOB_ROWS   2000        /* rows of one                                      */
#define SK_LIM_SCREEN_JOB_BYTES  SK_MIB(8)   /* its file                                         */
#define SK_LIM_TOKENS            256         /* of programs                                      */
#define SK_LIM_PAGE_BYTES        SK_MIB(64)  /* one page or one answer of the interface          */
#define SK_LIM_PAGE_ROWS         500         /* rows of a table on one page                      */
#define SK_LIM_PAGE_BLOCKS       400         /* blocks of an exhibit's text on one page          */
#define SK_LIM_UI_MESSAGES       2000        /* sentences of the interface in one language       */

/* screen/: yente's match requests */
#define SK_LIM_YENTE_QUERIES 100       /* queries of one request                          */
#define SK_LIM_YENTE_RESULTS 500       /* results of one query                            */
#define SK_LIM_YENTE_OFFSET  10000     /* results passed over before a page            */
#define SK_LIM_YENTE_VALUES  256       /* values of one property                          */
#define SK_LIM_YENTE_BYTES   SK_MIB(8) /* text of one request                             */

/* base/ */
#define SK_LIM_MESSAGE_BYTES SK_KIB(8)  /* an error message                                */
#define SK_LIM_EDTF_BYTES    512        /* a date expression                               */
#define SK_LIM_EDTF_SET      64         /* members of a date set                           */
#define SK_LIM_JSON_VALUES   (1 << 18)  /* values of one JSON text that is read            */
#define SK_LIM_JSON_DEPTH    64         /* its lists within one another                    */
#define SK_LIM_FRAME_TEXT    SK_MIB(16) /* one screen of a terminal, with its colours    */
#define SK_LIM_TABLE_COLUMNS 64         /* columns of a printed table                      */
#define SK_LIM_OUTPUT_BYTES  SK_GIB(4)  /* anything we build to print                      */

#endif
