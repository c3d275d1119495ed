-- Made after bulk loading: building an index once is several times cheaper than keeping it.
CREATE UNIQUE INDEX IF NOT EXISTS entry_hash ON entry(hash);
CREATE INDEX IF NOT EXISTS claim_entity ON claim(entity, prop);
CREATE INDEX IF NOT EXISTS claim_target ON claim(target, prop) WHERE target IS NOT NULL;
CREATE INDEX IF NOT EXISTS claim_chain ON claim(chain);
CREATE INDEX IF NOT EXISTS claim_restricted ON claim(rset) WHERE rset > 0;
CREATE INDEX IF NOT EXISTS passage_exhibit ON passage(exhibit);
CREATE INDEX IF NOT EXISTS unit_owner ON unit(owner, kind);
CREATE INDEX IF NOT EXISTS entity_type ON entity(type);
CREATE INDEX IF NOT EXISTS entity_cluster ON entity(cluster);
CREATE INDEX IF NOT EXISTS unit_restricted ON unit(owner) WHERE rset > 0;
CREATE INDEX IF NOT EXISTS derived_import ON derived(import, record);
