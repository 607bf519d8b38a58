import { dropDeadLetter } from '../../../contracts/admin/dead-letters.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export const dropDeadLetterOperation = ({ kernel }: AdminParts) =>
  implement(dropDeadLetter, async ({ deadLetterId }) => {
    if (!(await kernel.deliveries.drop(deadLetterId))) throw notFound();
    return {};
  });
