// Replicates documents from one PouchDB into another behind its own server, both on LevelDB: node pouchdb.js COUNT BYTES
const os = require("os"), path = require("path"), fs = require("fs");
const PouchDB = require("pouchdb"), express = require("express");
const [count, bytes] = process.argv.slice(2).map(Number);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pouch-"));
const Served = PouchDB.defaults({ prefix: path.join(folder, "server-") });
const app = express();
app.use("/", require("express-pouchdb")(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: path.join(folder, "log") }));
const server = app.listen(0, "127.0.0.1", async () => {
  const address = `http://127.0.0.1:${server.address().port}/`;
  const local = new PouchDB(path.join(folder, "laptop"));
  for (let at = 0; at < count; at += 500)
    await local.bulkDocs(Array.from({ length: 500 }, (_, one) => ({ _id: `visit-${at + one}`, notes: "x".repeat(bytes - 40) })));
  const said = {};
  for (const size of [100, 1000]) {
    const began = process.hrtime.bigint();
    await local.replicate.to(address + `central-${size}`, { batch_size: size });
    said[`batch ${size}`] = Number(process.hrtime.bigint() - began) / 1e9;
  }
  console.log(JSON.stringify(said));
  fs.rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
