// Imported first by every entry: says in one sentence when this Node is too old. Words that Node 12 can read, so that it gets so far.
var oldest = [20, 19];
var found = process.versions.node.split('.').map(Number);

if (found[0] < oldest[0] || (found[0] === oldest[0] && found[1] < oldest[1])) {
  process.stderr.write(
    'Confab needs Node ' +
      oldest.join('.') +
      ' or later, and this is ' +
      process.versions.node +
      '. Node 24 is recommended: https://nodejs.org\n',
  );
  process.exit(1);
}
