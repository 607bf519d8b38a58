/** Long enough for a browser to begin reading; the bytes stay in memory until then. */
const keptForMs = 60_000;

/** Lets the browser save these bytes under a name. */
export function saveAs(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, keptForMs);
}
