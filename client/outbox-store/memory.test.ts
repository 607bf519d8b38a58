import { MemoryOutboxStore } from './memory.ts';
import { outboxStoreSuite } from './outbox-store.suite.ts';

outboxStoreSuite('memory', () => new MemoryOutboxStore());
