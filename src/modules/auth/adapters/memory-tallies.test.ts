import { guessTalliesSuite } from './guess-tallies.suite.ts';
import { MemoryTallies } from './memory-tallies.ts';

guessTalliesSuite(() => new MemoryTallies());
