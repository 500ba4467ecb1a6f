// What flows to a person: asked of the browser's statistics, again and again until it holds or patience ends.

/** Sound and so many videos of others rise at this person. */
export function hearsAndSees(person, videos) {
  return person.until(
    `sound and ${videos} videos rise`,
    async (wanted) => {
      const before = await globalThis.flow();
      await new Promise((done) => setTimeout(done, 500));
      const now = await globalThis.flow();
      return now.energy > before.energy && now.frames > before.frames + 3 && now.videos >= wanted;
    },
    videos,
  );
}

/** No more sound comes: energy stands still over half a second. */
export function isSilent(person) {
  return person.until("it is silent", async () => {
    const before = await globalThis.flow();
    await new Promise((done) => setTimeout(done, 500));
    return (await globalThis.flow()).energy - before.energy < 1e-6;
  });
}

export function isNotSilent(person) {
  return person.until("it is not silent", async () => {
    const before = await globalThis.flow();
    await new Promise((done) => setTimeout(done, 500));
    return (await globalThis.flow()).energy - before.energy > 1e-6;
  });
}
