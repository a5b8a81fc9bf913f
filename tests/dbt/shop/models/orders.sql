select order_id, customer, price from {{ ref("raw_orders") }} where price > 5
