import { build, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './running.ts';

/** A place in the source that the bench's own build has otherwise; it must be there once. */
interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Servers that the product has no setting for. */
const variants = {
  /** Budgets are charged for each call and each frame, and last for ever. */
  'endless-budgets': [
    { file: 'src/gateway/limits.ts', from: 'if (consumed <= points) return', to: 'if (consumed <= points * 1e9) return' },
    { file: 'src/gateway/socket/frame-guard.ts', from: 'const burst = 2_000;', to: 'const burst = 2e12;' },
  ],
  /** Messages between processes bear a signature that nothing is computed for. */
  unsigned: [
    {
      file: 'src/infra/cluster/auth/signatures.ts',
      from: "return createHmac('sha256', this.#key).update(`${kind} ${to}\\n`).update(content.subarray(signedAt)).digest('base64url');",
      to: "return 'A'.repeat(signatureLength);",
    },
  ],
  /** New messages notify nobody. */
  silent: [
    {
      file: 'src/modules/notifications/subscribers/on-messages.ts',
      from: "if (message.kind === 'system') return;",
      to: 'if (message.seq >= 0) return;',
    },
  ],
} as const satisfies Record<string, readonly Edit[]>;

export type Variant = keyof typeof variants;

/** Builds it beside the product; answers the command that starts it. */
export async function variantCommand(name: Variant): Promise<string[]> {
  const outdir = path.join(root, 'dist', `.bench-${name}`);
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/host/main.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    plugins: [editing(variants[name])],
  });
  return ['node', path.join(outdir, 'main.mjs')];
}

const editing = (edits: readonly Edit[]): Plugin => ({
  name: 'edits',
  setup: ({ onLoad }) => {
    for (const { file, from, to } of edits)
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path: found }) => ({
        contents: edited(readFileSync(found, 'utf8'), { file, from, to }),
        loader: 'ts',
      }));
  },
});

/** Throws when the source has moved on: the bench would measure two equal servers. */
export function edited(source: string, { file, from, to }: Edit): string {
  if (source.split(from).length !== 2) throw new Error(`${file} does not have “${from}” once: the bench's variant must follow the source`);
  return source.replace(from, () => to);
}

export const editsOf = (name: Variant): readonly Edit[] => variants[name];
