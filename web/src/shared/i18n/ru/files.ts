/** Files of messages. */
export const files = {
  'files.download': 'Скачать {name}',
  'files.label': { one: '{count} файл', few: '{count} файла', many: '{count} файлов', other: '{count} файла' },
  'files.loading': 'Скачивание…',
  'files.show': 'Показать {name}',
  'files.noPreview.too_large': 'Без предпросмотра: слишком большой',
  'files.noPreview.unreadable': 'Без предпросмотра: повреждён или неизвестного вида',
  'files.noPreview.failed': 'Предпросмотр сделать не удалось',
  'lightbox.close': 'Закрыть',
  'lightbox.zoom': 'Масштаб',
  'lightbox.previous': 'Предыдущее изображение',
  'lightbox.next': 'Следующее изображение',
  'lightbox.download': 'Скачать',
  'lightbox.failed': 'Не удалось загрузить изображение.',
};
