import { retryDeadLetter } from '../../../contracts/admin/dead-letters.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export const retryDeadLetterOperation = ({ kernel }: AdminParts) =>
  implement(retryDeadLetter, async ({ deadLetterId }) => {
    if (!(await kernel.deliveries.revive(deadLetterId))) throw notFound();
    return {};
  });
