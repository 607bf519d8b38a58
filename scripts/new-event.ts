// `npm run new:event -- area.nounVerbed noun`: a new event in the contract of its noun.
import { join } from 'node:path';
import { generateEvent } from './event-generator.ts';

const [name = '', noun = ''] = process.argv.slice(2);
try {
  const written = await generateEvent(name, noun, join(import.meta.dirname, '..'));
  console.log(`${written.map((path) => `wrote ${path}`).join('\n')}

Next: say in its payload what happened, and in \`clients\` which frames of it browsers and bots get and who is the audience; publish it in the
transaction that makes it true, and run \`npm run docs:api\`. docs/add-a-feature.md goes through it step by step.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
