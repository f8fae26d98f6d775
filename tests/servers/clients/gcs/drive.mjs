// drive.mjs ENDPOINT: Google's own client goes through what it can do with Cloud Storage, against the server at ENDPOINT.
// The access token and a service account's credential file stand in the environment: GCS_TOKEN, GCS_SERVICE_ACCOUNT.
// The server must also serve requests without a token: with an end point of one's own this client starts resumable uploads
// of streams without one.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import {gunzipSync} from 'node:zlib';
import {Storage, TransferManager} from '@google-cloud/storage';
import {OAuth2Client} from 'google-auth-library';
import {end, step} from './steps.mjs';

const endpoint = process.argv[2].replace(/\/$/, '');
const authClient = new OAuth2Client();
authClient.setCredentials({access_token: process.env.GCS_TOKEN, expiry_date: Date.now() + 3_600_000});
const options = {
  apiEndpoint: endpoint,
  projectId: 'p',
  useAuthWithCustomEndpoint: true,
  retryOptions: {autoRetry: true, maxRetries: 3, retryDelayMultiplier: 1, maxRetryDelay: 1},
};
const storage = new Storage({...options, authClient});
const signing = new Storage({...options, credentials: JSON.parse(process.env.GCS_SERVICE_ACCOUNT)});
const bucket = storage.bucket('node-' + randomBytes(6).toString('hex'));
const folder = await mkdtemp(join(tmpdir(), 'gcs-'));
const KiB = 1024;
const MiB = KiB * KiB;
/** The code that the client makes of a failure. */
async function code(action) {
  try {
    await action();
  } catch (error) {
    return Number(error.code ?? error.status ?? error.response?.status);
  }
  return 0;
}

await step('create a bucket with versions', async () => {
  const [created] = await bucket.create({location: 'EU', storageClass: 'STANDARD', versioning: {enabled: true}});
  assert.equal(created.metadata.location, 'EU');
  assert.equal(created.metadata.versioning.enabled, true);
  assert.equal(await code(() => bucket.create()), 409);
});

await step('find and label the bucket', async () => {
  assert.deepEqual(await bucket.exists(), [true]);
  assert.deepEqual(await storage.bucket('absent-bucket').exists(), [false]);
  const [metadata] = await bucket.setMetadata({labels: {team: 'a'}});
  assert.equal(metadata.metageneration, '2');
  assert.equal(await code(() => bucket.setMetadata({labels: {}}, {ifMetagenerationMatch: 1})), 412);
  const [buckets] = await storage.getBuckets({prefix: bucket.name});
  assert.deepEqual(buckets.map(item => item.name), [bucket.name]);
});

await step('upload in one request, with its checksums verified by the client', async () => {
  const file = bucket.file('folder/ä b+c%20.txt');
  await file.save('hello', {resumable: false, validation: 'crc32c', contentType: 'text/plain', metadata: {cacheControl: 'no-cache', metadata: {color: 'blue'}}});
  const [metadata] = await file.getMetadata();
  assert.equal(metadata.size, '5');
  assert.equal(metadata.contentType, 'text/plain');
  assert.equal(metadata.metadata.color, 'blue');
  assert.equal(metadata.cacheControl, 'no-cache');
  assert.equal(metadata.crc32c, 'mnG7TA==');
  assert.equal(metadata.md5Hash, 'XUFAKrxLKna5cZ2REBfFkg==');
  assert.deepEqual((await file.download({validation: 'md5'}))[0].toString(), 'hello');
});

await step('upload in resumable chunks', async () => {
  const data = randomBytes(MiB + 12_345);
  const file = bucket.file('chunks');
  await file.save(data, {resumable: true, chunkSize: 256 * KiB, validation: 'crc32c'});
  assert.deepEqual((await file.download())[0], data);
});

await step('upload a stream of unknown length', async () => {
  const data = randomBytes(3 * 256 * KiB);
  const file = bucket.file('stream');
  await new Promise((resolve, reject) => {
    const stream = file.createWriteStream({resumable: true, chunkSize: 256 * KiB}).on('error', reject).on('finish', resolve);
    for (let i = 0; i < data.length; i += 100_000) stream.write(data.subarray(i, i + 100_000));
    stream.end();
  });
  assert.deepEqual((await file.download())[0], data);
});

await step('an empty object', async () => {
  const file = bucket.file('empty');
  await file.save('', {resumable: false});
  assert.equal((await file.download())[0].length, 0);
  await file.save('', {resumable: true});
  assert.equal((await file.getMetadata())[0].size, '0');
});

await step('ranges', async () => {
  const file = bucket.file('folder/ä b+c%20.txt');
  assert.equal((await buffer(file.createReadStream({start: 1, end: 3, validation: false}))).toString(), 'ell');
  assert.equal((await buffer(file.createReadStream({end: -2, validation: false}))).toString(), 'lo');
  assert.equal(await code(() => buffer(file.createReadStream({start: 99, validation: false}))), 416);
});

await step('conditions', async () => {
  const file = bucket.file('conditions');
  const put = generation => file.save('x', {resumable: false, preconditionOpts: {ifGenerationMatch: generation}});
  await put(0);
  assert.equal(await code(() => put(0)), 412);
  const [{generation}] = await file.getMetadata();
  await put(generation);
  assert.equal(await code(() => put(generation)), 412);
  assert.equal(await code(() => file.save('x', {resumable: true, preconditionOpts: {ifGenerationMatch: 0}})), 412);
  assert.equal(await code(() => file.delete({ifGenerationMatch: generation})), 412);
});

await step('metadata', async () => {
  const file = bucket.file('metadata');
  await file.save('x', {metadata: {metadata: {a: '1', b: '2'}}});
  const [patched] = await file.setMetadata({contentLanguage: 'de', metadata: {a: null, c: '3'}});
  assert.deepEqual(patched.metadata, {b: '2', c: '3'});
  assert.equal(patched.metageneration, '2');
  assert.equal(patched.contentLanguage, 'de');
  assert.equal(await code(() => file.setMetadata({contentLanguage: 'en'}, {ifMetagenerationMatch: 1})), 412);
});

await step('what is not there', async () => {
  assert.deepEqual(await bucket.file('absent').exists(), [false]);
  assert.equal(await code(() => bucket.file('absent').download()), 404);
  assert.equal(await code(() => bucket.file('absent').delete()), 404);
  await bucket.file('absent').delete({ignoreNotFound: true});
});

await step('list with prefix, delimiter and pages', async () => {
  const names = ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d/1', 'l/é', 'l/𐀀', 'l/\uffee'];
  await Promise.all(names.map(name => bucket.file(name).save('x', {resumable: false})));
  const [all] = await bucket.getFiles({prefix: 'l/'});
  assert.deepEqual(all.map(file => file.name), ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d/1', 'l/é', 'l/\uffee', 'l/𐀀']);
  const seen = [];
  let query = {prefix: 'l/', delimiter: '/', maxResults: 2, autoPaginate: false};
  while (query) {
    const [files, next, reply] = await bucket.getFiles(query);
    assert.ok(files.length + (reply.prefixes ?? []).length <= 2);
    seen.push(...(reply.prefixes ?? []), ...files.map(file => file.name));
    query = next;
  }
  assert.deepEqual(seen.sort(), ['l/a', 'l/b/', 'l/c', 'l/d/', 'l/é', 'l/𐀀', 'l/\uffee'].sort());
  const [some] = await bucket.getFiles({prefix: 'l/', startOffset: 'l/b/2', endOffset: 'l/d'});
  assert.deepEqual(some.map(file => file.name), ['l/b/2', 'l/c']);
  const [glob] = await bucket.getFiles({matchGlob: 'l/*/1'});
  assert.deepEqual(glob.map(file => file.name), ['l/b/1', 'l/d/1']);
});

await step('versions', async () => {
  const file = bucket.file('versions');
  await file.save('one', {resumable: false});
  const [{generation}] = await file.getMetadata();
  await file.save('two', {resumable: false});
  assert.equal((await bucket.file('versions', {generation}).download())[0].toString(), 'one');
  await file.delete();
  const [live] = await bucket.getFiles({prefix: 'versions'});
  const [all] = await bucket.getFiles({prefix: 'versions', versions: true});
  assert.deepEqual([live.length, all.length], [0, 2]);
  assert.ok(all.every(item => item.metadata.timeDeleted));
  await bucket.file('versions', {generation}).delete();
  assert.equal((await bucket.getFiles({prefix: 'versions', versions: true}))[0].length, 1);
});

await step('copy, move, rename and another storage class', async () => {
  const source = bucket.file('source');
  const data = randomBytes(2 * MiB);
  await source.save(data, {metadata: {contentType: 'image/png', metadata: {k: 'v'}}});
  await source.copy('copied');
  const [copied] = await bucket.file('copied').getMetadata();
  assert.deepEqual([copied.contentType, copied.metadata.k], ['image/png', 'v']);
  await bucket.file('copied').move('moved');
  await bucket.file('moved').rename('renamed');
  assert.deepEqual(await bucket.file('moved').exists(), [false]);
  await bucket.file('renamed').setStorageClass('nearline');
  assert.equal((await bucket.file('renamed').getMetadata())[0].storageClass, 'NEARLINE');
  assert.deepEqual((await bucket.file('renamed').download())[0], data);
  assert.equal(await code(() => source.copy('renamed', {preconditionOpts: {ifGenerationMatch: 0}})), 412);
});

await step('compose', async () => {
  await Promise.all(['c1', 'c2'].map(name => bucket.file(name).save(name + ';', {resumable: false})));
  await bucket.combine(['c1', 'c2'], 'combined');
  const [metadata] = await bucket.file('combined').getMetadata();
  assert.equal(metadata.componentCount, 2);
  assert.equal(metadata.md5Hash, undefined);
  assert.equal((await bucket.file('combined').download({validation: 'crc32c'}))[0].toString(), 'c1;c2;');
});

await step('gzip', async () => {
  const file = bucket.file('gzip');
  await file.save('plain '.repeat(1000), {gzip: true, resumable: false});
  assert.equal((await file.getMetadata())[0].contentEncoding, 'gzip');
  assert.equal((await file.download())[0].toString(), 'plain '.repeat(1000));
  const stored = (await file.download({decompress: false}))[0];
  assert.equal(gunzipSync(stored).toString(), 'plain '.repeat(1000));
  const plain = await fetch(`${endpoint}/download/storage/v1/b/${bucket.name}/o/gzip?alt=media`, {headers: {authorization: 'Bearer ' + process.env.GCS_TOKEN, 'accept-encoding': 'identity', range: 'bytes=0-3'}});
  assert.equal(plain.status, 200);
  assert.equal(await plain.text(), 'plain '.repeat(1000));
});

await step('upload and download of a file by parts (XML multipart upload)', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  const data = randomBytes(17 * MiB);
  await writeFile(from, data);
  // The client makes these addresses of the bucket's name and the end point's host, always with https and without its port.
  const local = new Storage({...options, authClient, apiEndpoint: endpoint.replace('127.0.0.1', 'localhost')});
  const send = local.authClient.request.bind(local.authClient);
  local.authClient.request = call => send({...call, url: call.url.replace(`https://${bucket.name}.localhost`, `${endpoint}/${bucket.name}`)});
  const manager = new TransferManager(local.bucket(bucket.name));
  await manager.uploadFileInChunks(from, {uploadName: 'parts', chunkSizeBytes: 5 * MiB, validation: 'md5', headers: {'x-goog-meta-k': 'v'}});
  const [metadata] = await bucket.file('parts').getMetadata();
  assert.deepEqual([metadata.size, metadata.md5Hash, metadata.metadata.k], [String(data.length), undefined, 'v']);
  await manager.downloadFileInChunks('parts', {destination: to, chunkSizeBytes: 4 * MiB, validation: 'crc32c'});
  assert.deepEqual(await readFile(to), data);
});

await step('signed URLs', async () => {
  const file = signing.bucket(bucket.name).file('signed/a b~(1)!.txt');
  const expires = Date.now() + 600_000;
  const sign = config => file.getSignedUrl({version: 'v4', expires, host: new URL(endpoint).origin, ...config});
  const [write] = await sign({action: 'write', contentType: 'text/plain', extensionHeaders: {'x-goog-meta-k': 'v'}});
  const headers = {'content-type': 'text/plain', 'x-goog-meta-k': 'v'};
  assert.equal((await fetch(write, {method: 'PUT', body: 'signed', headers})).status, 200);
  assert.equal((await fetch(write, {method: 'PUT', body: 'signed', headers: {...headers, 'x-goog-meta-k': 'w'}})).status, 403);
  const [read] = await sign({action: 'read', responseType: 'image/png', promptSaveAs: 'x.png'});
  const reply = await fetch(read);
  assert.deepEqual([reply.status, await reply.text(), reply.headers.get('content-type')], [200, 'signed', 'image/png']);
  assert.match(reply.headers.get('content-disposition'), /x\.png/);
  assert.equal((await fetch(read.replace('b~', 'c~'))).status, 403);
  const [resumable] = await sign({action: 'resumable', contentType: 'text/plain'});
  const session = await fetch(resumable, {method: 'POST', headers: {'content-type': 'text/plain', 'x-goog-resumable': 'start'}});
  assert.equal(session.status, 201);
  assert.equal((await fetch(session.headers.get('location'), {method: 'PUT', body: 'resumed'})).status, 200);
  assert.equal((await (await fetch(read)).text()), 'resumed');
  const [remove] = await sign({action: 'delete'});
  assert.equal((await fetch(remove, {method: 'DELETE'})).status, 204);
});

await step('a session that is resumed and one that is given up', async () => {
  const file = bucket.file('session');
  const [uri] = await file.createResumableUpload();
  const chunk = randomBytes(256 * KiB);
  const put = (body, range) => fetch(uri, {method: 'PUT', body, headers: {'content-range': range}, redirect: 'manual'});
  const first = await put(chunk, `bytes 0-${chunk.length - 1}/*`);
  assert.deepEqual([first.status, first.headers.get('range')], [308, `bytes=0-${chunk.length - 1}`]);
  await file.save(Buffer.concat([chunk, Buffer.from('end')]), {uri, resumable: true, offset: 0});
  assert.equal((await file.getMetadata())[0].size, String(chunk.length + 3));
  const [other] = await file.createResumableUpload();
  assert.equal((await fetch(other, {method: 'DELETE'})).status, 499);
});

await step('delete everything', async () => {
  await bucket.deleteFiles({versions: true, force: true});
  assert.equal((await bucket.getFiles({versions: true}))[0].length, 0);
  await bucket.delete();
  assert.deepEqual(await bucket.exists(), [false]);
});

await rm(folder, {recursive: true});
end();
