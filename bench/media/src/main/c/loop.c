/*
 * The measure of this machine: what forwarding costs in C. One packet is ciphered once, as if it had
 * been received, then copied, renumbered, protected with AES-128-GCM and sent to every receiver. A
 * child process takes what arrives every millisecond, as the bench's receivers do: sending to a full
 * socket costs less.
 *   loop RECEIVERS PACKETS_PER_FLUSH SEGMENTATION FLUSHES_PER_SECOND SECONDS
 * prints nanoseconds of CPU time per packet sent; 0 flushes per second means as many as there can be.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { HEADER = 20, PAYLOAD = 1064, TAG = 16, PACKET = HEADER + PAYLOAD + TAG, RUN_MAX = 16, RECEIVERS_MAX = 256 };

static uint8_t slots[RECEIVERS_MAX][RUN_MAX][1536];
static struct sockaddr_in addresses[RECEIVERS_MAX];
static struct mmsghdr messages[RECEIVERS_MAX * RUN_MAX];
static struct iovec vectors[RECEIVERS_MAX * RUN_MAX];
static char controls[RECEIVERS_MAX][64];
static EVP_CIPHER_CTX *contexts[RECEIVERS_MAX];
static int sockets[RECEIVERS_MAX];

static void protect(EVP_CIPHER_CTX *context, uint8_t *packet, uint32_t number) {
  uint8_t nonce[12] = {0};
  int written;
  memcpy(nonce + 4, &number, 4);
  EVP_EncryptInit_ex(context, NULL, NULL, NULL, nonce);
  EVP_EncryptUpdate(context, NULL, &written, packet, HEADER);
  EVP_EncryptUpdate(context, packet + HEADER, &written, packet + HEADER, PAYLOAD);
  EVP_EncryptFinal_ex(context, packet + HEADER + PAYLOAD, &written);
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG, packet + HEADER + PAYLOAD);
}

static double cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static double wall(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void rest(double seconds) {
  if (seconds <= 0) return;
  struct timespec pause = {(time_t)seconds, (long)((seconds - (time_t)seconds) * 1e9)};
  nanosleep(&pause, NULL);
}

static pid_t drain(int receivers) {
  pid_t child = fork();
  if (child != 0) return child;
  char bytes[65536];
  for (;;) {
    for (int i = 0; i < receivers; i++)
      while (recv(sockets[i], bytes, sizeof bytes, MSG_DONTWAIT) > 0) {}
    rest(0.001);
  }
}

int main(int count, char **arguments) {
  if (count != 6) return 2;
  int receivers = atoi(arguments[1]), run = atoi(arguments[2]), segmentation = atoi(arguments[3]);
  double pace = atof(arguments[4]), seconds = atof(arguments[5]);
  if (receivers < 1 || receivers > RECEIVERS_MAX || run < 1 || run > RUN_MAX) return 2;
  uint8_t key[16] = {1}, source[1536] = {0x90, 96};
  int out = socket(AF_INET, SOCK_DGRAM, 0);
  for (int i = 0; i < receivers; i++) {
    int in = sockets[i] = socket(AF_INET, SOCK_DGRAM, 0);
    int buffer = 1 << 20;
    setsockopt(in, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(in, (struct sockaddr *)&address, length) != 0) return 1;
    getsockname(in, (struct sockaddr *)&addresses[i], &length);
    contexts[i] = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(contexts[i], EVP_aes_128_gcm(), NULL, key, NULL);
  }
  EVP_CIPHER_CTX *incoming = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(incoming, EVP_aes_128_gcm(), NULL, key, NULL);
  uint32_t number = 0;
  uint64_t sent = 0;
  pid_t child = drain(receivers);
  double start = cpu(), begun = wall();
  for (uint64_t flush = 0; wall() - begun < seconds; flush++) {
    if (pace > 0) rest(begun + flush / pace - wall());
    for (int k = 0; k < run; k++) {
      protect(incoming, source, ++number);
      for (int r = 0; r < receivers; r++) {
        uint8_t *packet = slots[r][k];
        memcpy(packet, source, HEADER + PAYLOAD);
        packet[2] = number >> 8;
        packet[3] = number;
        memcpy(packet + 8, &r, 4);
        protect(contexts[r], packet, number);
      }
    }
    int total = 0, vector = 0;
    for (int r = 0; r < receivers; r++) {
      int parts = segmentation ? run : 1;
      for (int k = 0; k < run; k += parts) {
        struct msghdr *header = &messages[total++].msg_hdr;
        memset(header, 0, sizeof *header);
        header->msg_name = &addresses[r];
        header->msg_namelen = sizeof addresses[r];
        header->msg_iov = &vectors[vector];
        header->msg_iovlen = parts;
        for (int p = 0; p < parts; p++) {
          vectors[vector].iov_base = slots[r][k + p];
          vectors[vector++].iov_len = PACKET;
        }
        if (parts > 1) {
          header->msg_control = controls[r];
          header->msg_controllen = CMSG_SPACE(sizeof(uint16_t));
          struct cmsghdr *control = CMSG_FIRSTHDR(header);
          control->cmsg_level = SOL_UDP;
          control->cmsg_type = UDP_SEGMENT;
          control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
          uint16_t size = PACKET;
          memcpy(CMSG_DATA(control), &size, sizeof size);
        }
      }
    }
    for (int done = 0; done < total;) {
      int n = sendmmsg(out, messages + done, total - done, 0);
      done += n > 0 ? n : 1;
    }
    sent += (uint64_t)receivers * run;
  }
  double spent = cpu() - start;
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  printf("%.0f\n", spent * 1e9 / sent);
  return 0;
}
