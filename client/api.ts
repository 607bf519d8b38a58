export * from '../src/contracts/areas.ts';
