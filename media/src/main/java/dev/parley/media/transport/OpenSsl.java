package dev.parley.media.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL 3 that SRTP needs. The calls per packet are critical: short, never
 * calling back, so the thread stays in Java state and nothing is allocated.
 */
final class OpenSsl {
  static final int GCM_GET_TAG = 0x10;
  static final int GCM_SET_TAG = 0x11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY =
      SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());

  private static final MethodHandle CIPHER_NEW = pointer("EVP_CIPHER_CTX_new", false);
  private static final MethodHandle CIPHER_FREE = nothing("EVP_CIPHER_CTX_free");
  private static final MethodHandle MD_NEW = pointer("EVP_MD_CTX_new", false);
  private static final MethodHandle MD_FREE = nothing("EVP_MD_CTX_free");
  private static final MethodHandle AES_128_GCM = pointer("EVP_aes_128_gcm", false);
  private static final MethodHandle AES_128_CTR = pointer("EVP_aes_128_ctr", false);
  private static final MethodHandle SHA1 = pointer("EVP_sha1", false);
  private static final MethodHandle INIT =
      status("EVP_CipherInit_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle UPDATE =
      status("EVP_CipherUpdate", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle FINAL =
      status("EVP_CipherFinal_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle CONTROL =
      status("EVP_CIPHER_CTX_ctrl", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle DIGEST_INIT =
      status("EVP_DigestInit_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle DIGEST_COPY =
      status("EVP_MD_CTX_copy_ex", JAVA_LONG, JAVA_LONG);
  private static final MethodHandle DIGEST_UPDATE =
      status("EVP_DigestUpdate", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle DIGEST_FINAL =
      status("EVP_DigestFinal_ex", JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private OpenSsl() {}

  private static MethodHandle handle(String name, FunctionDescriptor shape, boolean critical) {
    MemorySegment symbol =
        LIBRARY
            .find(name)
            .orElseThrow(() -> new UnsupportedOperationException("no " + name + " here"));
    return critical
        ? LINKER.downcallHandle(symbol, shape, Linker.Option.critical(false))
        : LINKER.downcallHandle(symbol, shape);
  }

  private static MethodHandle pointer(String name, boolean critical) {
    return handle(name, FunctionDescriptor.of(JAVA_LONG), critical);
  }

  private static MethodHandle nothing(String name) {
    return handle(name, FunctionDescriptor.ofVoid(JAVA_LONG), false);
  }

  private static MethodHandle status(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments), true);
  }

  static long newCipher() {
    return object(CIPHER_NEW);
  }

  static long newDigest() {
    return object(MD_NEW);
  }

  static long aes128Gcm() {
    return object(AES_128_GCM);
  }

  static long aes128Counter() {
    return object(AES_128_CTR);
  }

  static long sha1() {
    return object(SHA1);
  }

  private static long object(MethodHandle function) {
    try {
      long made = (long) function.invokeExact();
      if (made == 0) {
        throw new IllegalStateException("OpenSSL gave no object");
      }
      return made;
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static void freeCipher(long context) {
    free(CIPHER_FREE, context);
  }

  static void freeDigest(long context) {
    free(MD_FREE, context);
  }

  private static void free(MethodHandle function, long context) {
    try {
      function.invokeExact(context);
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  /** Sets what is not 0; {@code direction} is 1 to encrypt, 0 to decrypt, -1 to leave it. */
  static boolean init(long context, long cipher, long key, long nonce, int direction) {
    try {
      return (int) INIT.invokeExact(context, cipher, 0L, key, nonce, direction) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean update(long context, long out, long outLength, long in, int length) {
    try {
      return (int) UPDATE.invokeExact(context, out, outLength, in, length) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean finish(long context, long out, long outLength) {
    try {
      return (int) FINAL.invokeExact(context, out, outLength) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean control(long context, int command, int length, long at) {
    try {
      return (int) CONTROL.invokeExact(context, command, length, at) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean digestInit(long context, long digest) {
    try {
      return (int) DIGEST_INIT.invokeExact(context, digest, 0L) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean digestCopy(long to, long from) {
    try {
      return (int) DIGEST_COPY.invokeExact(to, from) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean digestUpdate(long context, long bytes, long length) {
    try {
      return (int) DIGEST_UPDATE.invokeExact(context, bytes, length) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  static boolean digestFinal(long context, long out) {
    try {
      return (int) DIGEST_FINAL.invokeExact(context, out, 0L) == 1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }
}
