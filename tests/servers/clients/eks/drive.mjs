// drive.mjs ENDPOINT: Amazon's own client goes through what the adapter does with EKS, against the server at ENDPOINT.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import * as eks from '@aws-sdk/client-eks';
import {end, step, until} from './steps.mjs';

const client = new eks.EKSClient({endpoint: process.argv[2], region: 'eu-central-1', maxAttempts: 1, credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'}});
const call = (name, input) => client.send(new eks[`${name}Command`](input));
const name = 'prod';
const roleArn = 'arn:aws:iam::123456789012:role/eks';
const nodeRole = 'arn:aws:iam::123456789012:role/node';
const subnetIds = ['subnet-1', 'subnet-2'];
const refusal = (code, promise) => assert.rejects(promise, {name: code});
const cluster = async () => (await call('DescribeCluster', {name})).cluster;
const group = async () => (await call('DescribeNodegroup', {clusterName: name, nodegroupName: 'main'})).nodegroup;
const finished = (update, more = {}) => until(async () => (await call('DescribeUpdate', {name, updateId: update.id, ...more})).update, seen => seen.status !== 'InProgress');
const create = (more = {}) => call('CreateCluster', {name, roleArn, resourcesVpcConfig: {subnetIds}, clientRequestToken: 'once', tags: {team: 'blue'}, ...more});
const createGroup = (more = {}) => call('CreateNodegroup', {
  clusterName: name, nodegroupName: 'main', subnets: subnetIds, nodeRole, instanceTypes: ['m5.large'], diskSize: 40, capacityType: 'SPOT',
  scalingConfig: {minSize: 1, maxSize: 3, desiredSize: 2}, labels: {pool: 'main'}, taints: [{key: 'batch', value: 'yes', effect: 'NO_SCHEDULE'}], clientRequestToken: 'once', ...more,
});

await step('versions, one of them the default', async () => {
  const {clusterVersions} = await call('DescribeClusterVersions', {});
  assert.deepEqual(clusterVersions.filter(version => version.defaultVersion).map(version => version.clusterVersion), ['1.33']);
  assert(clusterVersions.every(version => version.endOfStandardSupportDate instanceof Date));
});
await step('a cluster that is not there', () => refusal('ResourceNotFoundException', cluster()));
await step('a version that is not offered', () => refusal('InvalidParameterException', create({version: '1.1'})));
await step('creation, and the same again by its token', async () => {
  const made = (await create()).cluster;
  assert.equal(made.status, 'CREATING');
  assert.equal(made.endpoint, undefined);
  assert.equal((await create()).cluster.arn, made.arn);
  await refusal('ResourceInUseException', create({clientRequestToken: 'other'}));
});
await step('no node group before the cluster runs', () => refusal('InvalidRequestException', createGroup()));
await step('running, with server, authority and tags', async () => {
  const seen = await until(cluster, found => found.status === 'ACTIVE');
  assert.match(seen.endpoint, /^https:/);
  assert.match(Buffer.from(seen.certificateAuthority.data, 'base64').toString(), /BEGIN CERTIFICATE/);
  assert.deepEqual(seen.tags, {team: 'blue'});
  assert(seen.createdAt instanceof Date);
  assert.deepEqual((await call('ListClusters', {})).clusters, [name]);
});
await step('node group made, listed and running', async () => {
  assert.equal((await createGroup()).nodegroup.status, 'CREATING');
  const seen = await until(group, found => found.status === 'ACTIVE');
  assert.deepEqual([seen.capacityType, seen.diskSize, seen.scalingConfig.desiredSize, seen.taints[0].effect], ['SPOT', 40, 2, 'NO_SCHEDULE']);
  assert.deepEqual((await call('ListNodegroups', {clusterName: name})).nodegroups, ['main']);
});
await step('node group resized, relabelled, untainted', async () => {
  const {update} = await call('UpdateNodegroupConfig', {
    clusterName: name, nodegroupName: 'main', scalingConfig: {minSize: 1, maxSize: 5, desiredSize: 4},
    labels: {addOrUpdateLabels: {tier: 'a'}, removeLabels: ['pool']}, taints: {removeTaints: [{key: 'batch', value: 'yes', effect: 'NO_SCHEDULE'}]},
  });
  await refusal('ResourceInUseException', call('UpdateNodegroupConfig', {clusterName: name, nodegroupName: 'main', scalingConfig: {desiredSize: 1}}));
  assert.equal((await finished(update, {nodegroupName: 'main'})).status, 'Successful');
  const seen = await group();
  assert.deepEqual([seen.scalingConfig.desiredSize, seen.labels, seen.taints], [4, {tier: 'a'}, []]);
});
await step('cluster upgraded, then its node group', async () => {
  const version = '1.34';
  await refusal('InvalidParameterException', call('UpdateNodegroupVersion', {clusterName: name, nodegroupName: 'main', version}));
  assert.equal((await finished((await call('UpdateClusterVersion', {name, version})).update)).status, 'Successful');
  assert.equal((await cluster()).version, version);
  assert.equal((await finished((await call('UpdateNodegroupVersion', {clusterName: name, nodegroupName: 'main', version})).update, {nodegroupName: 'main'})).status, 'Successful');
  assert.equal((await group()).version, version);
});
await step('node groups go before their cluster', async () => {
  await refusal('ResourceInUseException', call('DeleteCluster', {name}));
  assert.equal((await call('DeleteNodegroup', {clusterName: name, nodegroupName: 'main'})).nodegroup.status, 'DELETING');
  await until(() => group().catch(error => error), seen => seen.name === 'ResourceNotFoundException');
  assert.equal((await call('DeleteCluster', {name})).cluster.status, 'DELETING');
  await until(() => cluster().catch(error => error), seen => seen.name === 'ResourceNotFoundException');
  assert.deepEqual((await call('ListClusters', {})).clusters, []);
});
end();
