import type { Input, Output } from '../../../contracts/define.ts';
import type { listTraces } from '../../../contracts/notifications/traces.ts';
import { firstIdAt } from '../../../kernel/ids.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import { keptReason } from '../kept-reason.ts';
import type { NotificationsParts } from '../parts.ts';
import { presentTraceRow } from '../present.ts';

/** Events that are looked through for one page: 0.6 s where none of them is of the person. */
const looksAt = 50_000;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export async function handleListTraces(
  { traces }: Pick<NotificationsParts, 'traces'>,
  { userId, channel, outcome, from, to, limit, cursor }: Input<typeof listTraces>,
): Promise<Output<typeof listTraces>> {
  const before = idCursor(cursor);
  const end = to === undefined ? lastId : firstIdAt(Date.parse(to) + 1);
  const { rows, deliveries, lookedTo } = await traces.list(
    userId,
    { channel: channel ?? null, outcome: outcome ?? null },
    {
      before: before !== null && before < end ? before : end,
      from: firstIdAt(from === undefined ? 0 : Date.parse(from)),
      limit: limit + 1,
      looksAt,
    },
  );
  const page = pageOf(rows, {
    limit,
    present: (row) => presentTraceRow(row, { userId, deliveries, kept: keptReason(row.reasons) }),
    cursor: ({ eventId }) => eventId,
  });
  return { ...page, nextCursor: page.nextCursor ?? lookedTo };
}
