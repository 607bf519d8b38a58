// `npm run new:operation -- area.verbNoun noun`: the files of a new operation, wired, with a test that fails until it is written.
import { join } from 'node:path';
import { generateOperation } from './operation-generator.ts';

const [name = '', noun = ''] = process.argv.slice(2);
try {
  const written = await generateOperation(name, noun, join(import.meta.dirname, '..'));
  console.log(`${written.map((path) => `wrote ${path}`).join('\n')}

Next: say in the contract what it takes and answers, write the handler until its test passes, and run \`npm run docs:api\`. What is about a
conversation or a person, open to all or for admins has a row in the access matrix. docs/add-a-feature.md goes through it step by step.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
