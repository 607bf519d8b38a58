/** Files of messages. */
export const files = {
  'files.download': 'Download {name}',
  'files.label': { one: '{count} file', other: '{count} files' },
  'files.loading': 'Downloading…',
  'files.show': 'Show {name}',
  'files.noPreview.too_large': 'No preview: too large',
  'files.noPreview.unreadable': 'No preview: damaged or of an unknown kind',
  'files.noPreview.failed': 'No preview could be made',
  'lightbox.close': 'Close',
  'lightbox.zoom': 'Zoom',
  'lightbox.previous': 'Previous picture',
  'lightbox.next': 'Next picture',
  'lightbox.download': 'Download',
  'lightbox.failed': 'The picture could not be loaded.',
} as const;
