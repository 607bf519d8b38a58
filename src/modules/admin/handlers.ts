import * as contract from '../../contracts/admin/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { handleDropDeadLetter } from './operations/drop-dead-letter.ts';
import { handleDropJob } from './operations/drop-job.ts';
import { handleGetOverview } from './operations/get-overview.ts';
import { handleGetSettings } from './operations/get-settings.ts';
import { handleListAudit } from './operations/list-audit.ts';
import { handleListDeadLetters } from './operations/list-dead-letters.ts';
import { handleListJobs } from './operations/list-jobs.ts';
import { handleRetryDeadLetter } from './operations/retry-dead-letter.ts';
import { handleRetryJob } from './operations/retry-job.ts';
import { handleUpdateSettings } from './operations/update-settings.ts';
import type { AdminParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: AdminParts) => Implementation)[] = [
  handles(contract.dropDeadLetter, handleDropDeadLetter),
  handles(contract.dropJob, handleDropJob),
  handles(contract.getOverview, handleGetOverview),
  handles(contract.getSettings, handleGetSettings),
  handles(contract.listAudit, handleListAudit),
  handles(contract.listDeadLetters, handleListDeadLetters),
  handles(contract.listJobs, handleListJobs),
  handles(contract.retryDeadLetter, handleRetryDeadLetter),
  handles(contract.retryJob, handleRetryJob),
  handles(contract.updateSettings, handleUpdateSettings),
];
