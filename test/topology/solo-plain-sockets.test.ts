import { playOnOneProcess } from './play.ts';

describe('solo, without the fast lane', () => {
  playOnOneProcess({ fastLane: false });
});
