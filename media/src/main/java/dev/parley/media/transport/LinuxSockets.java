package dev.parley.media.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;

/**
 * The system calls of the Linux tier. Pointers pass as plain longs, so a call makes no object; a
 * failed call gives the negated {@code errno}, as the kernel itself does.
 */
final class LinuxSockets implements AutoCloseable {
  static final int EAGAIN = 11;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EINVAL = 22;
  static final int MSG_DONTWAIT = 0x40;
  static final int SOL_SOCKET = 1;
  static final int SO_TIMESTAMPNS = 35;
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;

  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
  private static final int EVENTFD_FLAGS = 0x800 | 0x80000;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO_OPTION = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      call("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SETSOCKOPT =
      call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT);
  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle WRITE = call("write", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle READ = call("read", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle PPOLL =
      call("ppoll", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle RECVMMSG =
      call("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SENDMMSG =
      call("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);

  private final NativeBlock scratch = new NativeBlock(256);
  private final MemorySegment errno = scratch.segment().asSlice(128, 64);

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    MemorySegment symbol =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsupportedOperationException("no " + name + " here"));
    FunctionDescriptor shape = FunctionDescriptor.of(JAVA_INT, arguments);
    return LINKER.downcallHandle(symbol, shape, ERRNO_OPTION);
  }

  /** A bound, non-blocking, dual-stack datagram socket. */
  int open(InetSocketAddress bind, int bufferBytes) throws IOException {
    int socket = checked("socket", invoke3(SOCKET, AF_INET6, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0));
    try {
      checked("IPV6_V6ONLY", option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0));
      checked("SO_TIMESTAMPNS", option(socket, SOL_SOCKET, SO_TIMESTAMPNS, 1));
      setBuffer(socket, SO_RCVBUFFORCE, SO_RCVBUF, bufferBytes);
      setBuffer(socket, SO_SNDBUFFORCE, SO_SNDBUF, bufferBytes);
      long block = scratch.address();
      SocketAddresses.write(block, bind);
      if (bind.getAddress().isAnyLocalAddress()) {
        Memory.put64(block + 8, 0);
        Memory.put64(block + 16, 0);
      }
      checked("bind", invokeBind(socket, block));
      return socket;
    } catch (IOException failed) {
      close(socket);
      throw failed;
    }
  }

  private void setBuffer(int socket, int force, int ordinary, int bytes) {
    // FORCE passes the system's limit and needs CAP_NET_ADMIN; without it the limit rules.
    if (option(socket, SOL_SOCKET, force, bytes) < 0) {
      option(socket, SOL_SOCKET, ordinary, bytes);
    }
  }

  /** What {@code socket} is bound to. */
  InetSocketAddress localAddress(int socket) throws IOException {
    long block = scratch.address();
    Memory.putNative32(block + 32, SocketAddresses.SOCKADDR_BYTES);
    checked("getsockname", invokeName(socket, block, block + 32));
    return SocketAddresses.read(block);
  }

  int option(int socket, int level, int name, int value) {
    long at = scratch.address() + 64;
    Memory.putNative32(at, value);
    try {
      return result((int) SETSOCKOPT.invokeExact(errno, socket, level, name, at, 4));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  int eventfd() throws IOException {
    try {
      return checked("eventfd", result((int) EVENTFD.invokeExact(errno, 0, EVENTFD_FLAGS)));
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  /** Signals an eventfd. Threads other than the owner pass their own {@code capture}. */
  static void signal(int eventfd, long eight, MemorySegment capture) {
    try {
      int written = (int) WRITE.invokeExact(capture, eventfd, eight, 8L);
      assert written == 8 || written == -1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  void drain(int eventfd) {
    try {
      int read = (int) READ.invokeExact(errno, eventfd, scratch.address() + 72, 8L);
      assert read == 8 || read == -1;
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  int poll(long descriptors, long count, long timespec) {
    try {
      return result((int) PPOLL.invokeExact(errno, descriptors, count, timespec, 0L));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  int receive(int socket, long messages, int count) {
    try {
      return result((int) RECVMMSG.invokeExact(errno, socket, messages, count, MSG_DONTWAIT, 0L));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  int send(int socket, long messages, int count) {
    try {
      return result((int) SENDMMSG.invokeExact(errno, socket, messages, count, MSG_DONTWAIT));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  void close(int descriptor) {
    try {
      int closed = (int) CLOSE.invokeExact(errno, descriptor);
      assert closed == 0 : "closed twice";
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  private int invoke3(MethodHandle handle, int first, int second, int third) {
    try {
      return result((int) handle.invokeExact(errno, first, second, third));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  private int invokeBind(int socket, long block) {
    try {
      return result((int) BIND.invokeExact(errno, socket, block, SocketAddresses.SOCKADDR_BYTES));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  private int invokeName(int socket, long block, long length) {
    try {
      return result((int) GETSOCKNAME.invokeExact(errno, socket, block, length));
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  private int result(int returned) {
    return returned >= 0 ? returned : -(int) ERRNO.get(errno, 0L);
  }

  private static int checked(String what, int result) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed with errno " + -result);
    }
    return result;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
