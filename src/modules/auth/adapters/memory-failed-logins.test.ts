import { failedLoginCountersSuite } from './failed-login-counters.suite.ts';
import { MemoryFailedLogins } from './memory-failed-logins.ts';

failedLoginCountersSuite(() => new MemoryFailedLogins());
