package dev.parley.services.calling;

class MemoryCallStoreTest extends CallStoreContract {
  @Override
  Opened openStore() {
    return new Opened(new MemoryDatabase(), new MemoryCallStore(), () -> {});
  }
}
