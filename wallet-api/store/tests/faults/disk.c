/* Laid over the C library. While the file that ANXIN_DISK_FAILS names is there, nothing is made durable; while that of
   ANXIN_DISK_FULL is there, no table gets longer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_there(const char *variable) {
    const char *sign = getenv(variable);
    int before = errno;
    int there = sign && access(sign, F_OK) == 0;
    errno = before;
    return there;
}

/* PostgreSQL keeps its tables under base/. */
static int is_full(int file) {
    char link[64], path[4096];
    if (!is_there("ANXIN_DISK_FULL")) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "/base/") != NULL;
}

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

#define SYNC(name) \
    int name(int file) { \
        if (is_there("ANXIN_DISK_FAILS")) { errno = EIO; return -1; } \
        return REAL(int (*)(int), #name)(file); \
    }
SYNC(fsync)
SYNC(fdatasync)

#define FULL if (is_full(file)) { errno = ENOSPC; return -1; }

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    FULL
    return REAL(ssize_t (*)(int, const void *, size_t, off_t), "pwrite")(file, bytes, count, at);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    FULL
    return REAL(ssize_t (*)(int, const struct iovec *, int, off_t), "pwritev")(file, parts, count, at);
}

int posix_fallocate(int file, off_t at, off_t count) {
    if (is_full(file)) return ENOSPC;
    return REAL(int (*)(int, off_t, off_t), "posix_fallocate")(file, at, count);
}
