import * as contract from '../../contracts/presence/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { handleCountOnline } from './operations/count-online.ts';
import { handleRead } from './operations/read.ts';
import { handleReadActivity } from './operations/read-activity.ts';
import { handleSetStatus } from './operations/set-status.ts';
import { handleSubscribe } from './operations/subscribe.ts';
import type { PresenceParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: PresenceParts) => Implementation)[] = [
  handles(contract.countOnline, handleCountOnline),
  handles(contract.readPresence, handleRead),
  handles(contract.readActivity, handleReadActivity),
  handles(contract.setPresence, handleSetStatus),
  handles(contract.subscribe, handleSubscribe),
];
