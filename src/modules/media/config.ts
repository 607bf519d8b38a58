import { choice } from '../../kernel/config/texts.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';

export const mediaConfig = defineConfig({
  title: 'Files',
  variables: {
    mediaShared: variable({
      name: 'CONFAB_MEDIA_SHARED',
      meaning:
        '`yes`: `<data>/media` is one directory that all nodes of the team have mounted. Several nodes need it, or one would not find the files of another',
      is: choice('yes'),
      otherwise: 'each node has its own',
    }),
  },
});
