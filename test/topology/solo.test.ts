import { playOnOneProcess } from './play.ts';

describe('solo', () => {
  playOnOneProcess({ strictBus: false });
});
