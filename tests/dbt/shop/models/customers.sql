select customer, sum(price) as spent, count(*) as orders from {{ ref("orders") }} group by customer
