// drive.mjs ENDPOINT: Google's own client goes through what the adapter does with GKE, by its REST fallback, against the server at ENDPOINT.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import container from '@google-cloud/container';
import {end, step} from './steps.mjs';

const endpoint = new URL(process.argv[2]);

// The client asks its credentials for headers and for the project, and sends its requests through their connection.
const headers = async () => new Map([['Authorization', 'Bearer node']]);
const auth = {
  getClient: async () => auth,
  getProjectId: async () => 'p',
  getUniverseDomain: async () => 'googleapis.com',
  universeDomain: 'googleapis.com',
  getRequestHeaders: headers,
  fetch: async (url, options) => await fetch(url, options),
};
const client = new container.ClusterManagerClient({fallback: true, protocol: 'http', apiEndpoint: endpoint.hostname, port: Number(endpoint.port), auth});
const parent = 'projects/p/locations/europe-west3-a';
const name = `${parent}/clusters/prod`;
const poolName = `${name}/nodePools/main`;

// The numbers are those of google.rpc.Code.
const refusal = (code, promise) => assert.rejects(promise, {code});
const [invalidArgument, notFound, alreadyExists, failedPrecondition] = [3, 5, 6, 9];

async function finish([operation]) {
  for (let i = 0; i < 20; i++) {
    if (operation.status === 'DONE') return operation;
    [operation] = await client.getOperation({name: `${parent}/operations/${operation.name}`});
  }
  assert.fail('It does not come about.');
}

const pool = (more = {}) => ({name: 'main', initialNodeCount: 1, config: {machineType: 'e2-standard-2', diskSizeGb: 50, labels: {pool: 'main'}}, ...more});
const create = (more = {}) => client.createCluster({parent, cluster: {name: 'prod', resourceLabels: {team: 'blue'}, nodePools: [pool()], ...more}});
const get = async () => (await client.getCluster({name}))[0];
const getPool = async () => (await client.getNodePool({name: poolName}))[0];

await step('versions', async () => {
  const [config] = await client.getServerConfig({name: parent});
  assert(config.validMasterVersions.includes(config.defaultClusterVersion));
});
await step('a cluster that is not there', () => refusal(notFound, get()));
await step('a version that is not offered', () => refusal(invalidArgument, create({initialClusterVersion: '1.1'})));
await step('creation, waited for', async () => {
  const made = await create();
  assert.equal(made[0].operationType, 'CREATE_CLUSTER');
  await refusal(alreadyExists, create());
  await finish(made);
  const seen = await get();
  assert.deepEqual([seen.status, seen.currentMasterVersion, seen.resourceLabels.team], ['RUNNING', '1.33.4-gke.1172000', 'blue']);
  assert.match(Buffer.from(seen.masterAuth.clusterCaCertificate, 'base64').toString(), /BEGIN CERTIFICATE/);
  assert.deepEqual((await client.listClusters({parent: 'projects/p/locations/-'}))[0].clusters.map(found => found.name), ['prod']);
});
await step('pool made, one operation at a time', async () => {
  const made = await client.createNodePool({parent: name, nodePool: pool({name: 'batch', autoscaling: {enabled: true, minNodeCount: 1, maxNodeCount: 3}})});
  await refusal(failedPrecondition, client.setNodePoolSize({name: poolName, nodeCount: 2}));
  await finish(made);
  assert.deepEqual((await client.listNodePools({parent: name}))[0].nodePools.map(found => [found.name, found.autoscaling?.maxNodeCount ?? 0]), [['main', 0], ['batch', 3]]);
});
await step('pool resized, relabelled, scaled', async () => {
  await finish(await client.setNodePoolSize({name: poolName, nodeCount: 3}));
  await finish(await client.updateNodePool({name: poolName, nodeVersion: '-', imageType: '', labels: {labels: {tier: 'a'}}}));
  await finish(await client.setNodePoolAutoscaling({name: poolName, autoscaling: {enabled: true, minNodeCount: 1, maxNodeCount: 5}}));
  const seen = await getPool();
  assert.deepEqual([seen.status, seen.config.labels, seen.autoscaling.maxNodeCount], ['RUNNING', {tier: 'a'}, 5]);
});
await step('master upgraded', async () => {
  await finish(await client.updateMaster({name, masterVersion: '1.34.1-gke.1829001'}));
  assert.equal((await get()).currentMasterVersion, '1.34.1-gke.1829001');
});
await step('pool deleted, then the cluster', async () => {
  await finish(await client.deleteNodePool({name: `${name}/nodePools/batch`}));
  assert.deepEqual((await get()).nodePools.map(found => found.name), ['main']);
  await finish(await client.deleteCluster({name}));
  await refusal(notFound, get());
});
end();
