-- Sales before tax of each local day, department and channel.
SELECT Day, Department, 'store' AS Channel, sum(Value) AS Value, count(*) AS Lines
FROM store_lines
GROUP BY ALL
UNION ALL
SELECT Day, Department, 'online', sum(Value), count(*)
FROM order_lines
GROUP BY ALL
