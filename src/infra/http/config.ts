import { listenAddress, wholeNumber } from '../../kernel/config/texts.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';

export const httpConfig = defineConfig({
  title: 'Bytes between processes',
  variables: {
    internalHost: variable({
      name: 'CONFAB_INTERNAL_HOST',
      meaning:
        'where this process takes uploads and downloads from the gateways of a split team: an address of its own that they reach (section Split)',
      is: listenAddress,
      otherwise: 'the first address of the machine',
      example: '10.0.0.7',
    }),
    internalPort: variable({
      name: 'CONFAB_INTERNAL_PORT',
      meaning: 'the port there; 0 is any free one',
      is: wholeNumber(0, 65_535),
      default: '0',
    }),
  },
});
