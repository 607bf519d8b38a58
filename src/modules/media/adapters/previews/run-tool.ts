import { spawn } from 'node:child_process';

/** The program was ended by a signal: a fault in it, or too little memory. */
export class ToolCrashed extends Error {}

export interface ToolRun {
  /** Of its output; a program that writes more is ended. */
  readonly mostBytes: number;
  /** Takes the output as it comes; without it the output is the answer. */
  readonly take?: (part: Buffer) => void;
}

/**
 * Runs a program of the system in the process group of this process, with its limit of memory and its priority: when the parent ends the group, the program ends
 * too. The program has no input and no terminal. Rejects where it fails.
 */
export function runTool(program: string, args: readonly string[], { mostBytes, take }: ToolRun): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], cwd: '/', env: { LC_ALL: 'C', HOME: '/nonexistent' } });
    const parts: Buffer[] = [];
    let count = 0;
    let isTooMuch = false;
    child.stdout.on('data', (part: Buffer) => {
      count += part.byteLength;
      isTooMuch ||= count > mostBytes;
      if (isTooMuch) child.kill('SIGKILL');
      else if (take) take(part);
      else parts.push(part);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (isTooMuch) reject(new Error('the program writes more than it should'));
      else if (signal !== null) reject(new ToolCrashed(`the program was ended by ${signal}`));
      else if (code === 0) resolve(Buffer.concat(parts));
      else reject(new Error(`the program ended with ${String(code)}`));
    });
  });
}
