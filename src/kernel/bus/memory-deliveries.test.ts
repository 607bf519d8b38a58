import { deliveryStoreSuite } from './delivery-store.suite.ts';
import { MemoryDeliveries } from './memory-deliveries.ts';

describe('MemoryDeliveries', () => {
  deliveryStoreSuite(() => new MemoryDeliveries());
});
