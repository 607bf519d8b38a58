// `npm run new:module -- area`: a module without operations, which the host, the contracts and the documents list.
import { join } from 'node:path';
import { generateModule } from './module-generator.ts';

const [area = ''] = process.argv.slice(2);
try {
  const written = await generateModule(area, join(import.meta.dirname, '..'));
  // Only now: the documents name the modules of the list, and CONFAB_MODULES takes each of them.
  await import('./write-api-documents.ts');
  console.log(`${[...written, 'docs/operations.md', '.env.example'].map((path) => `wrote ${path}`).join('\n')}

Next: say in its README and in module.ts what it is for, and give it its first operation: \`npm run new:operation -- ${area}.verbNoun noun\`.
docs/add-a-feature.md goes through it step by step.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
