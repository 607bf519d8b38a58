/** Says to the server that a push was shown; one that does not arrive is not said again. */
export async function confirmShown(receipt: string): Promise<void> {
  await fetch('/api/v1/notifications/shown', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ receipt }),
    // The receipt says enough.
    credentials: 'omit',
    keepalive: true,
  });
}
