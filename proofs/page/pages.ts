/** Pages of the proofs' own making, in the forms that such pages are found in. */

/** Markdown with pipe tables. */
export const markdown = `# Listing tunnels

## Request

Table 1 Request parameters

| Parameter | Mandatory | Type | Description |
|---|---|---|---|
| fields | No | String | Chooses what is returned. |
| limit | Mandatory when **marker** is given | Integer | Entries of a page. Value range: 1 to 100. The default value is **10**. |

> **NOTE:** The **project\\_id** and **dpd** parameters are not supported.

## Response

Table 2 Response parameters

| Type | Parameter | Description |
|:--|--|--|
| String | status | The state. The value can be **UP**, **DOWN**, or **GONE**. |
| Boo | enabled | Whether it is on. The value can be **true** or **false**. |
| List<Objec> | routes | (Deprecated) Its routes. |
| Object | dpd | Detection of dead peers. |
| Intger | mtu | Bytes. The default value is 1500. |

Table 3 dpd parameters

| Parameter | Type | Description |
|---|---|---|
| action | String | What happens. The value can be \`hold\`, \`clear\` or \`restart\`. The default value is \`hold\`. |
| interval | Integer | Seconds. Default: 30 |

Example response

\`\`\`json
{"tunnels": [{"status": "UP"}]}
\`\`\`

## Status codes

| Code | Description |
|---|---|
| 200 | It worked. |
`;

/** HTML with spans, nested tables, entities and columns in another order. */
export const html = `<!DOCTYPE html><html><head><title>x</title><script>var a = "<table>";</script></head><body>
<nav><table><tr><td>menu</td></tr></table></nav>
<h2>Response Parameters</h2>
<table><caption>Table 5 Response body</caption>
<thead><tr><th>Parameter</th><th>Sub-Parameter</th><th>Type</th><th>Mandatory</th><th>Description</th></tr></thead>
<tbody>
<tr><td rowspan="3">dpd</td><td>&nbsp;</td><td>Object</td><td>Yes</td><td>Settings.</td></tr>
<tr><td>interval</td><td>Integer</td><td>No</td><td>Seconds.<br>The default value is <b>30</b>.</td></tr>
<tr><td>action</td><td>String</td><td>No</td><td>One of:<ul><li><strong>hold</strong>: waits</li><li><strong>clear</strong>: forgets</li></ul></td></tr>
<tr><td>mode&nbsp;</td><td>-</td><td>Sting</td><td>Mandatory if <em>type</em> is a</td><td><p>Options:</p><ul><li>static: by hand</li><li>bgp: by itself</li></ul><p>Defaults to static.</p></td></tr>
<tr><td>gateway</td><td></td><td>Object</td><td>-</td><td>The other side.<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>address</td><td>String</td><td>Where it is.</td></tr></table></td></tr>
</tbody></table>
<h3>Example</h3><p>Example Response</p><pre><code>{ "a": 1, </code></pre>
</body></html>`;

/** A grid table in the HTML of docutils. */
export const docutils = `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><body><div class="section"><h1>Response</h1>
<table border="1" class="docutils"><caption><span class="caption-number">Table 2 </span><span class="caption-text">Response parameters</span><a class="headerlink" href="#x">¶</a></caption>
<colgroup><col width="20%"/></colgroup><thead valign="bottom"><tr class="row-odd"><th class="head">Name</th><th class="head">In</th><th class="head">Type</th><th class="head">Description</th></tr></thead>
<tbody valign="top"><tr class="row-even"><td>name (Optional)</td><td>body</td><td>string</td><td>A name. Default is an empty string.</td></tr>
<tr class="row-odd"><td>initiator</td><td>body</td><td>string</td><td>Who starts. A valid value is <tt class="docutils literal">response-only</tt> or <tt class="docutils literal">bi-directional</tt>. Default is <tt class="docutils literal">bi-directional</tt>.</td></tr></tbody></table></div></body></html>`;

/** A grid table that nobody made HTML of. */
export const rst = `.. table:: **Table 2** Response parameters

   +-----------+--------+
   | Parameter | Type   |
   +===========+========+
   | status    | String |
   +-----------+--------+
`;
