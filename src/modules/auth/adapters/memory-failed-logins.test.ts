import { failedLoginSuite } from './failed-logins.suite.ts';
import { MemoryFailedLogins } from './memory-failed-logins.ts';

failedLoginSuite(() => new MemoryFailedLogins());
