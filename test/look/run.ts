// `npm run look`: pictures of every screen, in both sizes, themes and languages, and a sheet of each eight. For eyes; it checks nothing.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../harness/browser.ts';
import { ServerProcess } from '../harness/process.ts';
import { PushService } from '../harness/push-service.ts';
import { type Look, Visitor } from '../harness/visitor.ts';
import { contactSheet } from './contact-sheet.ts';
import { entranceScreens, screens, type LookedAtScreen } from './screens.ts';
import { createLookedAtTeam, type LookedAtTeam } from './team.ts';

const sizes = { desktop: { width: 1440, height: 900, touch: false }, phone: { width: 390, height: 844, touch: true } } as const;
const looks: readonly (Look & { readonly size: keyof typeof sizes })[] = (['desktop', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['en', 'ru'] as const).map((language) => ({
      ...sizes[size],
      size,
      colorScheme,
      language,
      name: `${size}-${colorScheme}-${language}`,
    })),
  ),
);

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'look' }, look: { type: 'string', default: '' }, screen: { type: 'string', default: '' } },
});
const out = resolve(values.out);
const pushes = await PushService.open();
// The push service stands on this machine, without TLS.
const server = await ServerProcess.create({ CONFAB_PUSH_ALLOW_PRIVATE: 'on' });
await server.start();
const browser = await openBrowser();
try {
  const team = await createLookedAtTeam(server, pushes);
  for (const look of looks.filter(({ name }) => name.includes(values.look))) {
    await picturesOf(browser, { look, team });
    process.stdout.write(`${await contactSheet(browser, join(out, look.name), look.size)}\n`);
  }
} finally {
  await browser.close();
  await pushes.stop();
  await server.remove();
}

async function picturesOf(within: Browser, { look, team }: { look: Look; team: LookedAtTeam }): Promise<void> {
  await mkdir(join(out, look.name), { recursive: true });
  const visitor = await Visitor.open(within, server.url, look);
  try {
    for (const screen of entranceScreens) await picture(visitor, { screen, team });
    await visitor.page.goto('/sign-in');
    await visitor.signIn('olga');
    for (const screen of screens) await picture(visitor, { screen, team });
  } finally {
    await visitor.device.close();
  }
}

async function picture(visitor: Visitor, { screen, team }: { screen: LookedAtScreen; team: LookedAtTeam }): Promise<void> {
  if (!screen.name.includes(values.screen)) return;
  const { page, look } = visitor;
  try {
    await page.goto(screen.address(team), { waitUntil: 'load' });
    await page.waitForLoadState('networkidle');
    await screen.then?.(visitor);
    await visitor.still();
    await page.waitForLoadState('networkidle');
  } catch (error) {
    process.stderr.write(
      `${look.name}, ${screen.name}: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}\n`,
    );
  }
  await page.screenshot({ path: join(out, look.name, `${screen.name}.png`) });
}
