/* Stands in for pdftotext in sillok-extract-test: tries what its sandbox must refuse, and reports in
 * the form that pdftotext writes. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void report(const char *what, int failed)
{
    printf("%s: %s\n", what, failed ? "refused" : "allowed");
}

int main(void)
{
    char first[64] = "";
    char name[] = "true", *argv[] = {name, NULL}, *envp[] = {NULL};
    ssize_t n = read(0, first, sizeof first - 1);
    fputs("<title>probe</title>\n<pre>\n", stdout);
    printf("input: %s\n", n > 0 && strncmp(first, "%PDF-", 5) == 0 ? "given" : "missing");
    report("socket", socket(AF_INET, SOCK_STREAM, 0) < 0);
    report("open for writing", open("/tmp/sillok-probe-was-here", O_WRONLY | O_CREAT, 0600) < 0);
    report("open of a file elsewhere", open("/etc/hostname", O_RDONLY) < 0);
    report("open below /usr", open("/usr/bin/env", O_RDONLY) < 0);
    report("fork", fork() < 0);
    report("kill", kill(getppid(), 0) < 0);
    report("exec", execve("/bin/true", argv, envp) < 0);
    fputs("\f</pre>\n", stdout);
    return 0;
}
