import { playOnOneProcess } from './play.ts';

describe('solo, on a bus that copies and checks everything', () => {
  playOnOneProcess({ strictBus: true });
});
