// Creates the user that the portal signs in as by IAM. Safe to run again.
const { readFileSync } = require('node:fs');
const { Client } = require('pg');

async function main() {
  const user = process.env.PORTAL_USER;
  // The connection itself comes from PGHOST and the other variables of libpq.
  const client = new Client({
    ssl: { ca: readFileSync('/certificates/rds.pem', 'utf8') },
  });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      'SELECT FROM pg_roles WHERE rolname = $1',
      [user],
    );
    const name = client.escapeIdentifier(user);
    if (rowCount === 0) {
      await client.query(`CREATE ROLE ${name} LOGIN CREATEDB`);
    }
    await client.query(`GRANT rds_iam TO ${name}`);
    console.log(rowCount === 0 ? `Created ${user}` : `${user} exists`);
  } finally {
    await client.end();
  }
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
