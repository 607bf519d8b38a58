import type { Input, Output } from '../../../contracts/define.ts';
import type { setPresence } from '../../../contracts/presence/statuses.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { PresenceParts } from '../parts.ts';

export async function handleSetStatus(
  { people, clock }: PresenceParts,
  { status, text, until }: Input<typeof setPresence>,
  context: Context,
): Promise<Output<typeof setPresence>> {
  const { userId } = requireActor(context);
  if (until !== undefined && Date.parse(until) <= clock.now())
    throw new AppError('conflict', {
      detail: 'until must lie in the future.',
      errors: [{ path: 'until', message: 'must lie in the future' }],
    });
  return people.choose(userId, { chosen: status, text: text === undefined || text === '' ? null : text, until: until ?? null });
}
