import { nameOfDevice } from './device-name.ts';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0', 'Firefox · Linux'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0', 'Edge · Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.4 Safari/604.1',
    'Safari · iPhone',
  ],
  ['ConfabApp/1.0', 'ConfabApp/1.0'],
  ['', '?'],
])('%j is called %j', (userAgent, name) => {
  expect(nameOfDevice(userAgent)).toBe(name);
});
