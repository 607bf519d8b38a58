import { deliveryStoreSuite } from '../../kernel/bus/delivery-store.suite.ts';
import { MemoryDeliveries } from './memory-deliveries.ts';

describe('MemoryDeliveries', () => {
  deliveryStoreSuite(() => new MemoryDeliveries());
});
