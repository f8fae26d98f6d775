// What the scripts of the official clients share; it is copied beside them. One line per step, "ok NAME" or "FAILED NAME: why".
import assert from 'node:assert/strict';

let failed = 0;

export async function step(title, action) {
  try {
    await action();
    console.log('ok ' + title);
  } catch (error) {
    failed++;
    console.log(`FAILED ${title}: ${error.stack} ${JSON.stringify(error.details ?? error.body ?? '')}`);
  }
}

/** Ends the process, whatever connections the client keeps: 0 only if every step was ok. */
export const end = () => process.exit(failed === 0 ? 0 : 1);

/** Looks until it is as wanted: each look moves a long operation of the servers on, so twenty are enough. */
export async function until(look, wanted) {
  for (let i = 0; i < 20; i++) {
    const seen = await look();
    if (wanted(seen)) return seen;
  }
  assert.fail('It does not come about.');
}
