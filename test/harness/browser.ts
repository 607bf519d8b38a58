import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** The browser that `npm test` found; its absence was said there. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'];
  if (executablePath === undefined) throw new Error('No Chromium: run the e2e suites by npm test, which finds one.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A microphone and a camera that give a test signal.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** A phone: fingers instead of a mouse, and the viewport of one. */
  readonly touch?: boolean;
}

/** A device of its own: cookies, storage and a page. What the page says wrong on its console is kept in `faults`. */
export class BrowserDevice {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: string[] = [];

  static async open(
    browser: Browser,
    url: string,
    { width = 1440, height = 900, locale = 'en-GB', colorScheme = 'light', touch = false }: Screen = {},
  ): Promise<BrowserDevice> {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height },
      locale,
      colorScheme,
      hasTouch: touch,
      isMobile: touch,
    });
    context.setDefaultTimeout(15_000);
    return new BrowserDevice(context, await context.newPage());
  }

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.faults.push(error.stack ?? error.message));
    page.on('console', (message) => {
      // A server that is killed on purpose makes the browser complain of its network; the page itself must not.
      if (message.type() === 'error' && !/net::|WebSocket|Failed to load resource/.test(message.text())) this.faults.push(message.text());
    });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
