// A desk's dossiers brought from PouchDB to express-pouchdb, on LevelDB at both ends.
// _pouch.js PACKAGES server FOLDER PORT serves; _pouch.js PACKAGES FOLDER URL DOSSIERS puts each
// line of JSON into a database, and prints how long its replication took, in seconds.
const { mkdirSync, readFileSync } = require('fs');
const [, , packages, ...given] = process.argv;
const load = (name) => require(require.resolve(name, { paths: [packages] }));

function serve(folder, port) {
  const PouchDB = load('pouchdb').defaults({ prefix: `${folder}/` });
  const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log` };
  const app = load('express')();
  app.use('/', load('express-pouchdb')(PouchDB, options));
  app.listen(Number(port), '127.0.0.1');
}

async function sync(folder, url, file) {
  mkdirSync(folder, { recursive: true });
  const PouchDB = load('pouchdb').defaults({ prefix: `${folder}/` });
  const name = `d${Date.now()}`;
  const local = new PouchDB(name);
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  for (let n = 0; n < lines.length; n += 1000) {
    await local.bulkDocs(lines.slice(n, n + 1000).map((doc) => ({ _id: doc.header.op_id, ...doc })));
  }
  const remote = new PouchDB(`${url}/${name}`);
  await remote.info();
  const began = process.hrtime.bigint();
  const done = await local.replicate.to(remote, { batch_size: 500, batches_limit: 10 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (done.docs_written !== lines.length) throw new Error(`${done.docs_written} came`);
  console.log(seconds);
  process.exit(0);
}

if (given[0] === 'server') serve(given[1], given[2]);
else sync(...given);
