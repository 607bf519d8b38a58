import { z } from 'zod';
import { choice, list, onOrOff, origin } from '../kernel/config/texts.ts';
import { defineConfig, hidden, variable } from '../kernel/config/variable.ts';
import { addressReader } from './address.ts';

/** Commas between addresses, networks (10.0.0.0/8) and the names of ranges. */
const trustedProxies = z.string().transform((text, { issues }) => {
  const items = list(text);
  for (const item of items) {
    try {
      addressReader([item]);
    } catch {
      const message = `"${item}" is neither an address, a network as 10.0.0.0/8, nor loopback, linklocal or uniquelocal`;
      issues.push({ code: 'custom', message, input: '' });
    }
  }
  return items;
});

export const gatewayConfig = defineConfig({
  title: 'Requests and sockets',
  variables: {
    allowedOrigins: variable({
      name: 'CONFAB_ALLOWED_ORIGINS',
      meaning: 'further origins whose pages may call, a comma list',
      is: z.string().transform(list).pipe(z.array(origin)),
      default: '',
      example: 'https://intranet.example.org',
    }),
    rateLimits: variable({
      name: 'CONFAB_RATE_LIMITS',
      meaning: '`off` takes away budgets and login throttles: for benches and tests',
      is: choice('default', 'off'),
      default: 'default',
    }),
    trustedProxies: variable({
      name: 'CONFAB_TRUSTED_PROXIES',
      meaning:
        'proxies whose `X-Forwarded-For` is believed: a comma list of addresses, networks, `loopback`, `linklocal` and `uniquelocal`',
      is: trustedProxies,
      default: '',
      example: 'loopback, 10.0.0.0/8',
    }),
    metricsToken: variable({
      name: 'CONFAB_METRICS_TOKEN',
      meaning:
        'at least 8 characters; opens `/metrics` as a bearer token. Without it `/metrics` is closed where the public URL is not of this machine, and a line at start says so',
      is: z.string().min(8, 'must have at least 8 characters'),
      shown: hidden,
    }),
    apiDocs: variable({
      name: 'CONFAB_API_DOCS',
      meaning: '`/api/docs` and the documents: `on`, `off`, or only where the public URL is local',
      is: choice('auto', 'on', 'off'),
      default: 'auto',
    }),
    fastLane: variable({
      name: 'CONFAB_FAST_LANE',
      meaning: "the short way of frames past Socket.IO's layers; `off` to compare",
      is: onOrOff,
      default: 'on',
    }),
  },
});
