import type { Input, Output } from '../../../contracts/define.ts';
import type { listFailures } from '../../../contracts/notifications/failures.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, isTime, pageOf, partsOf } from '../../../kernel/paging.ts';
import type { NotificationsParts } from '../parts.ts';
import { failureFilterOf } from '../present.ts';

export async function handleListFailures(
  { failures }: Pick<NotificationsParts, 'failures'>,
  { limit, cursor, ...filter }: Input<typeof listFailures>,
): Promise<Output<typeof listFailures>> {
  const rows = await failures.list(failureFilterOf(filter), { before: placeOf(cursor), limit: limit + 1 });
  return pageOf(rows, {
    limit,
    present: (row) => row,
    cursor: ({ failedAt, eventId, deviceId }) => cursorOf(failedAt, eventId, deviceId),
  });
}

function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [failedAt = '', eventId = '', deviceId = ''] = partsOf(cursor, [isTime, isId, isId]);
  return { failedAt, eventId, deviceId };
}
