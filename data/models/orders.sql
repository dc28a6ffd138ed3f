-- One row an order: delivered when its last line was.
select
  order_no,
  min(region) as region,
  min(segment) as segment,
  case min(region) when 'east' then 'lead-to-cash-east' when 'south' then 'lead-to-cash-south' end as pilot,
  min(promised_on) as promised_on,
  max(delivered_on) as delivered_on,
  min(paid_on) as paid_on,
  min(working_days) as working_days
from order_lines
group by order_no
