import type { ChosenStatus, Client } from '../../../../client/index.ts';
import { userOf } from '../../app/me.ts';

/** Changes the status and leaves what the person wrote beside it as it is. */
export async function chooseStatus(client: Client, status: ChosenStatus): Promise<void> {
  const me = userOf(client);
  const text = me ? client.presence.get().get(me.id)?.text : null;
  await client.setPresence(status, text ?? undefined);
}
