// drive.mjs ENDPOINT REGION: takes the official client (ali-oss, signature version 4) through what the emulator must get right.
// Keys come from the environment (OSS_ID, OSS_SECRET; OSS_STS_ID, OSS_STS_SECRET, OSS_STS_TOKEN). One line per step; exit 1 at the first that is wrong.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import OSS from 'ali-oss';

const [endpoint, region] = process.argv.slice(2);
const name = `official-${Date.now()}-${process.pid}`;
const options = { endpoint, region, sldEnable: true, authorizationV4: true, secure: false, retryMax: 0, accessKeyId: process.env.OSS_ID, accessKeySecret: process.env.OSS_SECRET };
const client = new OSS({ ...options, bucket: name });
const MiB = 1024 * 1024;
const text = async key => (await client.get(key)).content.toString();
const refusal = (code, promise) => assert.rejects(promise, { code });
const steps = {
  'makes a bucket and finds it': async () => {
    await client.putBucket(name);
    const { buckets } = await client.listBuckets({ prefix: name });
    assert.deepEqual(buckets.map(bucket => bucket.name), [name]);
    const { bucket } = await client.getBucketInfo(name);
    assert.equal(bucket.Name, name);
    assert.equal(bucket.Location, `oss-${region}`);
    assert.equal((await client.getBucketLocation(name)).location, `oss-${region}`);
  },
  'puts and gets an object with headers and metadata': async () => {
    const body = Buffer.from('hello');
    const put = await client.put('dir/a b+c%.txt', body, { mime: 'text/plain', meta: { 'my-key': 'value' }, headers: { 'Cache-Control': 'no-cache' } });
    assert.equal(put.res.headers.etag, `"${createHash('md5').update(body).digest('hex').toUpperCase()}"`);
    const got = await client.get('dir/a b+c%.txt');
    assert.equal(got.content.toString(), 'hello');
    assert.equal(got.res.headers['content-type'], 'text/plain');
    assert.equal(got.res.headers['cache-control'], 'no-cache');
    assert.equal(got.res.headers['x-oss-meta-my-key'], 'value');
    assert.equal((await client.head('dir/a b+c%.txt')).status, 200);
  },
  'computes the CRC-64 of a known text': async () => {
    const put = await client.put('crc', Buffer.from('123456789'));
    assert.equal(put.res.headers['x-oss-hash-crc64ecma'], BigInt('0x995DC9BBDF1939FA').toString());
  },
  'puts a stream of unknown length': async () => {
    await client.putStream('stream', Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(70_000, 2)]));
    assert.equal((await client.get('stream')).content.length, 140_000);
  },
  'gets a range': async () => {
    const got = await client.get('crc', { headers: { Range: 'bytes=2-4' } });
    assert.equal(got.res.status, 206);
    assert.equal(got.content.toString(), '345');
    assert.equal((await client.get('crc', { headers: { Range: 'bytes=2-400' } })).content.toString(), '123456789');
    const standard = await client.get('crc', { headers: { Range: 'bytes=2-400', 'x-oss-range-behavior': 'standard' } });
    assert.equal(standard.content.toString(), '3456789');
  },
  'lists in both generations, in pages and by folders': async () => {
    for (const key of ['l/1', 'l/2', 'l/d/3', 'l/d/4', 'l/中文']) await client.put(key, Buffer.from(key));
    const first = await client.listV2({ prefix: 'l/', 'max-keys': 2 });
    assert.deepEqual(first.objects.map(entry => entry.name), ['l/1', 'l/2']);
    const second = await client.listV2({ prefix: 'l/', 'max-keys': 2, 'continuation-token': first.nextContinuationToken });
    assert.deepEqual(second.objects.map(entry => entry.name), ['l/d/3', 'l/d/4']);
    const folders = await client.listV2({ prefix: 'l/', delimiter: '/' });
    assert.deepEqual(folders.prefixes, ['l/d/']);
    assert.deepEqual(folders.objects.map(entry => entry.name), ['l/1', 'l/2', 'l/中文']);
    const old = await client.list({ prefix: 'l/', 'max-keys': 3 });
    assert.deepEqual(old.objects.map(entry => entry.name), ['l/1', 'l/2', 'l/d/3']);
    assert.deepEqual((await client.list({ prefix: 'l/', marker: old.nextMarker })).objects.map(entry => entry.name), ['l/d/4', 'l/中文']);
  },
  'copies, and changes metadata by a copy onto itself': async () => {
    await client.put('source', Buffer.from('copy me'), { meta: { a: '1' } });
    await client.copy('target', 'source');
    assert.equal(await text('target'), 'copy me');
    assert.equal((await client.head('target')).meta.a, '1');
    await client.putMeta('target', { b: '2' });
    assert.deepEqual({ ...(await client.head('target')).meta }, { b: '2' });
  },
  'keeps tags': async () => {
    await client.putObjectTagging('target', { color: 'red', size: 'L' });
    assert.deepEqual((await client.getObjectTagging('target')).tag, { color: 'red', size: 'L' });
    await client.deleteObjectTagging('target');
    assert.deepEqual((await client.getObjectTagging('target')).tag, {});
  },
  'forbids overwriting': async () => {
    await refusal('FileAlreadyExists', () => client.put('target', Buffer.from('x'), { headers: { 'x-oss-forbid-overwrite': 'true' } }));
    assert.equal(await text('target'), 'copy me');
  },
  'deletes one and many': async () => {
    await client.delete('target');
    await client.delete('target');
    await refusal('NoSuchKey', () => client.get('target'));
    const { deleted } = await client.deleteMulti(['l/1', 'l/2', 'never-there']);
    assert.equal(deleted.length, 3);
    await client.deleteMulti(['l/d/3', 'l/d/4', 'l/中文'], { quiet: true });
    assert.deepEqual((await client.listV2({ prefix: 'l/' })).objects ?? [], []);
  },
  'uploads a file in parts': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'skycompat-oss-'));
    try {
      const file = join(folder, 'big');
      await writeFile(file, randomBytes(2 * MiB + 17));
      const done = await client.multipartUpload('big', file, { partSize: 200 * 1024, parallel: 3 });
      assert.match(done.etag, /^"[0-9A-F]{32}-\d+"$/);
      assert.deepEqual((await client.get('big')).content, await readFile(file));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  'uploads by hand, lists, copies a part and aborts': async () => {
    const { uploadId } = await client.initMultipartUpload('parts');
    const part = await client.uploadPart('parts', uploadId, 1, await temporary(MiB), 0, MiB);
    const copied = await client.uploadPartCopy('parts', uploadId, 2, '0-99', { sourceBucketName: name, sourceKey: 'big' });
    assert.equal((await client.listParts('parts', uploadId)).parts.length, 2);
    assert.deepEqual((await client.listUploads({ 'max-uploads': 10 })).uploads.map(upload => upload.uploadId), [uploadId]);
    await client.completeMultipartUpload('parts', uploadId, [{ number: 1, etag: part.etag }, { number: 2, etag: copied.etag }]);
    assert.equal((await client.get('parts')).content.length, MiB + 100);
    const second = await client.initMultipartUpload('parts');
    await client.abortMultipartUpload('parts', second.uploadId);
    await refusal('NoSuchUpload', () => client.listParts('parts', second.uploadId));
  },
  'refuses a part that is too small when the upload is completed': async () => {
    const { uploadId } = await client.initMultipartUpload('small');
    const parts = [];
    for (const number of [1, 2]) parts.push({ number, etag: (await client.uploadPart('small', uploadId, number, await temporary(1000), 0, 1000)).etag });
    await refusal('EntityTooSmall', () => client.completeMultipartUpload('small', uploadId, parts));
    await client.abortMultipartUpload('small', uploadId);
  },
  'signs URLs that a plain client uses': async () => {
    const put = await client.signatureUrlV4('PUT', 60, { headers: { 'content-type': 'text/plain' } }, 'signed');
    assert.equal((await fetch(put, { method: 'PUT', body: 'by URL', headers: { 'content-type': 'text/plain' } })).status, 200);
    const get = await client.signatureUrlV4('GET', 60, {}, 'signed');
    assert.equal(await (await fetch(get)).text(), 'by URL');
    const wrong = await fetch(get.replace(/x-oss-signature=..../, 'x-oss-signature=0000'));
    assert.equal(wrong.status, 403);
    assert.match(await wrong.text(), /<Code>SignatureDoesNotMatch<\/Code>.*<CanonicalRequest>/s);
  },
  'knows storage classes': async () => {
    await client.put('cold', Buffer.from('x'), { headers: { 'x-oss-storage-class': 'Archive' } });
    await refusal('InvalidObjectState', () => client.get('cold'));
    await client.restore('cold');
    assert.equal(await text('cold'), 'x');
  },
  'refuses wrong keys': async () => {
    await refusal('SignatureDoesNotMatch', () => new OSS({ ...options, bucket: name, accessKeySecret: 'wrong' }).get('crc'));
    await refusal('InvalidAccessKeyId', () => new OSS({ ...options, bucket: name, accessKeyId: 'unknown' }).get('crc'));
  },
  'takes temporary keys with their token only': async () => {
    const temporary = { ...options, bucket: name, accessKeyId: process.env.OSS_STS_ID, accessKeySecret: process.env.OSS_STS_SECRET };
    assert.equal((await new OSS({ ...temporary, stsToken: process.env.OSS_STS_TOKEN }).get('crc')).content.toString(), '123456789');
    await refusal('InvalidSecurityToken', () => new OSS({ ...temporary, stsToken: 'other' }).get('crc'));
  },
  'keeps versions, and then ignores the demand not to overwrite': async () => {
    await client.putBucketVersioning(name, 'Enabled');
    assert.equal((await client.getBucketVersioning(name)).versionStatus, 'Enabled');
    const one = await client.put('v', Buffer.from('1'));
    const two = await client.put('v', Buffer.from('2'), { headers: { 'x-oss-forbid-overwrite': 'true' } });
    assert.notEqual(one.res.headers['x-oss-version-id'], two.res.headers['x-oss-version-id']);
    assert.equal((await client.get('v', { versionId: one.res.headers['x-oss-version-id'] })).content.toString(), '1');
    await client.delete('v');
    await refusal('NoSuchKey', () => client.get('v'));
    const { objects, deleteMarker } = await client.getBucketVersions({ prefix: 'v' });
    assert.equal(objects.length, 2);
    assert.equal(deleteMarker.length, 1);
  },
  'deletes every version and then the bucket': async () => {
    await refusal('BucketNotEmpty', () => client.deleteBucket(name));
    const { objects = [], deleteMarker = [] } = await client.getBucketVersions({ 'max-keys': 1000 });
    for (const entry of [...objects, ...deleteMarker]) await client.delete(entry.name, { versionId: entry.versionId });
    await client.deleteBucket(name);
    await refusal('NoSuchBucket', () => client.listV2({}));
  },
};

const files = [];
async function temporary(size) {
  const folder = await mkdtemp(join(tmpdir(), 'skycompat-oss-'));
  files.push(folder);
  const file = join(folder, 'part');
  await writeFile(file, randomBytes(size));
  return file;
}

try {
  for (const [title, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok ${title}`);
    } catch (error) {
      console.log(`FAILED ${title}: ${error.stack ?? error}`);
      process.exitCode = 1;
      break;
    }
  }
} finally {
  for (const folder of files) await rm(folder, { recursive: true });
}
