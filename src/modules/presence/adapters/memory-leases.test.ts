import { leaseStoreSuite } from './lease-store.suite.ts';
import { MemoryLeases } from './memory-leases.ts';

describe('leases in memory', () => {
  leaseStoreSuite(() => new MemoryLeases());
});
